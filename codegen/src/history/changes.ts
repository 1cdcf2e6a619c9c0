import { quote } from "../model/spec-value.js";
import type { EntityLayout, IndexLayout, Layout, TermLayout, UniqueLayout } from "./layout.js";

/** An entity of one version and what it was in an earlier one; null where it is new. */
export interface EntityPair {
  readonly before: EntityLayout | null;
  readonly after: EntityLayout;
}

/** Finds, for each entity, what it was in the version right before. */
export function pairEntities(before: Layout, after: Layout): EntityPair[] {
  return after.entities.map((entity) => {
    const name = entity.renamedFrom ?? entity.name;
    return { before: before.entities.find((each) => each.name === name) ?? null, after: entity };
  });
}

/** Entities that have no successor. */
export function lostEntities(before: Layout, after: Layout): EntityLayout[] {
  const kept = new Set(pairEntities(before, after).map((pair) => pair.before?.name));
  return before.entities.filter((entity) => !kept.has(entity.name));
}

/** What changes for one entity, in words; without its renamed fields, which are told by who composes them. */
export function describeEntity({ before, after }: EntityPair): string[] {
  const name = quote(after.name);
  if (before === null) return [`entity ${name} is new`];
  return [
    ...(before.name === after.name ? [] : [`entity ${quote(before.name)} is called ${name}`]),
    ...(before.table === after.table
      ? []
      : [`the table of ${name} is ${quote(after.table)}, and was ${quote(before.table)}`]),
    ...(sameList(before.key, after.key)
      ? []
      : [`the key of ${name} is ${list(after.key)}, and was ${list(before.key)}`]),
    ...describeColumns(before, after),
    ...(terms(before.order) === terms(after.order)
      ? []
      : [`the order of ${name} is ${terms(after.order)}, and was ${terms(before.order)}`]),
    ...describeNamed(name, before.indexes.map(indexText), after.indexes.map(indexText)),
    ...describeNamed(name, before.uniques.map(uniqueText), after.uniques.map(uniqueText)),
    ...(before.removable === after.removable
      ? []
      : [`documents of ${name} can ${after.removable ? "now" : "no longer"} be removed`]),
  ];
}

function describeColumns(before: EntityLayout, after: EntityLayout): string[] {
  const name = quote(after.name);
  const old = new Map(before.columns.map((column) => [column.column, column]));
  const now = new Map(after.columns.map((column) => [column.column, column]));
  return [
    ...[...now.values()].flatMap((column) => {
      const was = old.get(column.column);
      if (was === undefined) return [`${name} gets a column for ${quote(column.field)}`];
      if (was.kind !== column.kind)
        return [`${quote(column.field)} of ${name} is a ${column.kind}, and was a ${was.kind}`];
      if (was.field !== column.field)
        return [
          `the column ${quote(column.column)} of ${name} holds ${quote(column.field)}, and held ${quote(was.field)}`,
        ];
      return [];
    }),
    ...[...old.values()]
      .filter(({ column }) => !now.has(column))
      .map(({ field }) => `${name} loses its column for ${quote(field)}`),
  ];
}

/** A thing that has a name, and all that is to be said of it. */
interface Named {
  readonly name: string;
  readonly text: string;
}

function describeNamed(entity: string, before: readonly Named[], after: readonly Named[]): string[] {
  const old = new Map(before.map(({ name, text }) => [name, text]));
  const now = new Map(after.map(({ name, text }) => [name, text]));
  return [
    ...[...now].flatMap(([name, text]) => {
      const was = old.get(name);
      if (was === undefined) return [`${entity} gets ${text}`];
      return was === text ? [] : [`${entity} has ${text}, and had ${was}`];
    }),
    ...[...old].filter(([name]) => !now.has(name)).map(([, text]) => `${entity} loses ${text}`),
  ];
}

function indexText({ name, fields, order, use }: IndexLayout): Named {
  const by = [...fields, ...(order.length > 0 ? [terms(order)] : [])].join(", ");
  return { name, text: `the index ${quote(name)} (${by}${use === "last" ? ", last first" : ""})` };
}

function uniqueText({ name, fields }: UniqueLayout): Named {
  return { name, text: `the unique index ${quote(name)} (${fields.join(", ")})` };
}

function terms(order: readonly TermLayout[]): string {
  return order.length === 0
    ? "that of storing"
    : order
        .map(({ field, direction }) => `${field} ${direction === "asc" ? "ascending" : "descending"}`)
        .join(", ");
}

export function list(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** What tells two versions apart, in words; renamed fields among it. */
export function describeChanges(before: Layout, after: Layout): string[] {
  return [
    ...pairEntities(before, after).flatMap((pair) => [
      ...describeEntity(pair),
      ...Object.entries(pair.after.renamedFields ?? {}).map(
        ([name, old]) => `${quote(old)} of ${quote(pair.after.name)} is called ${quote(name)}`,
      ),
    ]),
    ...lostEntities(before, after).map((entity) => `entity ${quote(entity.name)} is gone`),
  ];
}
