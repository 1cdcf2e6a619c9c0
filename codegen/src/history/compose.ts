import type { TableUpgrade, Upgrade, UpgradedColumn } from "@gati-framework/storage-kit/sql";

import { quote } from "../model/spec-value.js";
import { describeEntity, type EntityPair, list, pairEntities, sameList } from "./changes.js";
import type { ColumnLayout, EntityLayout, Layout, UniqueLayout } from "./layout.js";

/** An upgrade, and what it does in words. */
export interface ComposedUpgrade {
  readonly upgrade: Upgrade;
  readonly words: readonly string[];
  /** Whether code of the version that is left behind reads and writes the tables as rightly as before. */
  readonly suitsOldCode: boolean;
}

/** What an entity was in the version that is left behind, and what happened to it since. */
interface Descent {
  readonly origin: EntityLayout | null;
  /** Old name of a property to its new one, for each version that renames some. */
  readonly renames: readonly Readonly<Record<string, string>>[];
  readonly onDuplicateKey: "refuse" | "keep-first" | "keep-last";
}

/**
 * One upgrade for each version before the last: straight to the last, so that each table is built anew once at most, whatever the
 * versions between have done with it.
 *
 * @param versions oldest first
 */
export function composeUpgrades(versions: readonly Layout[]): ComposedUpgrade[] {
  return versions.slice(0, -1).map((_, index) => compose(versions.slice(index)));
}

function compose(versions: readonly Layout[]): ComposedUpgrade {
  const first = versions[0] as Layout;
  const last = versions.at(-1) as Layout;
  let descents = new Map<string, Descent>(
    first.entities.map((entity) => [entity.name, { origin: entity, renames: [], onDuplicateKey: "refuse" }]),
  );
  versions.slice(1).forEach((version, index) => {
    const pairs = pairEntities(versions[index] as Layout, version);
    descents = new Map(pairs.map((pair) => [pair.after.name, descend(pair, descents)]));
  });
  const pairs = last.entities.map((after) => ({ after, descent: descents.get(after.name) as Descent }));
  const origins = new Set(pairs.map(({ descent }) => descent.origin?.name));
  const removed = first.entities.filter((entity) => !origins.has(entity.name));
  return {
    upgrade: {
      from: first.version,
      to: last.version,
      readableFrom: last.readableFrom,
      tables: [
        ...pairs.flatMap(({ after, descent }) => tableUpgrade(after, descent)),
        ...removed.map((entity): TableUpgrade => ({
          kind: "remove",
          entity: entity.name,
          table: entity.table,
          indexes: indexNames(entity),
        })),
      ],
    },
    suitsOldCode: removed.length === 0 && pairs.every(({ after, descent }) => suitsOldCode(after, descent)),
    words: [
      ...pairs.flatMap(({ after, descent }) => describe(after, descent)),
      ...removed.map(({ name }) => `entity ${quote(name)} and its documents are removed`),
    ],
  };
}

function descend({ before, after }: EntityPair, descents: ReadonlyMap<string, Descent>): Descent {
  const descent = before === null ? undefined : descents.get(before.name);
  if (descent === undefined || descent.origin === null) {
    return { origin: null, renames: [], onDuplicateKey: "refuse" };
  }
  const renames = Object.entries(after.renamedFields ?? {}).map(([name, old]) => [old, name] as const);
  return {
    origin: descent.origin,
    renames: renames.length === 0 ? descent.renames : [...descent.renames, Object.fromEntries(renames)],
    onDuplicateKey: after.onDuplicateKey ?? descent.onDuplicateKey,
  };
}

function tableUpgrade(after: EntityLayout, { origin, renames, onDuplicateKey }: Descent): TableUpgrade[] {
  if (origin === null) return [{ kind: "add", entity: after.name, table: after.table }];
  const indexes = indexNames(origin);
  if (keepsRows(after, origin, renames)) {
    return sameIndexes(origin, after) && origin.removable === after.removable
      ? []
      : [{ kind: "reindex", entity: after.name, table: after.table, indexes }];
  }
  const columnOf = (field: string): string =>
    after.columns.find((column) => column.field === field)?.column ?? field;
  return [
    {
      kind: "refill",
      entity: after.name,
      table: after.table,
      from: { table: origin.table, key: origin.key, indexes },
      columns: after.columns.map((column): UpgradedColumn => ({
        ...column,
        key: after.key.includes(column.field),
      })),
      unique: [after.key, ...after.uniques.map(({ fields }) => fields)].map((fields) => fields.map(columnOf)),
      removable: after.removable,
      renames,
      onDuplicateKey,
    },
  ];
}

/** What fields of the version that is left behind are called now. */
function nowCalled(fields: readonly string[], renames: Descent["renames"]): string[] {
  return fields.map((field) =>
    renames.reduce((name, names) => (Object.hasOwn(names, name) ? (names[name] as string) : name), field),
  );
}

/** Whether a table can stay as it is, but for its indexes. */
function keepsRows(after: EntityLayout, origin: EntityLayout, renames: Descent["renames"]): boolean {
  return (
    origin.table === after.table &&
    renames.length === 0 &&
    sameList(origin.key, after.key) &&
    sameColumns(origin.columns, after.columns) &&
    // Rows that collide are found, and named, while a table is built anew.
    addedUniques(after, origin).length === 0 &&
    // Gaps that removed rows have left would be counted as rows.
    (after.removable || !origin.removable)
  );
}

/** Code that does not know of a column, a unique index or a count would break it; one that counts on such a thing, or names an index, would miss it. */
function suitsOldCode(after: EntityLayout, { origin, renames }: Descent): boolean {
  return (
    origin === null ||
    (keepsRows(after, origin, renames) &&
      addedUniques(origin, after).length === 0 &&
      origin.indexes.every(({ name }) => after.indexes.some((index) => index.name === name)) &&
      origin.removable === after.removable)
  );
}

function addedUniques(after: EntityLayout, origin: EntityLayout): UniqueLayout[] {
  const known = new Set(origin.uniques.map(({ fields }) => fields.toSorted().join()));
  return after.uniques.filter(({ fields }) => !known.has(fields.toSorted().join()));
}

function indexNames({ indexes, uniques }: EntityLayout): string[] {
  return [...indexes, ...uniques].map(({ name }) => name);
}

function sameIndexes(a: EntityLayout, b: EntityLayout): boolean {
  return sameList(indexTexts(a), indexTexts(b));
}

/** In whichever order the spec has them. */
function indexTexts({ indexes, uniques }: EntityLayout): string[] {
  return [...indexes, ...uniques].map((index) => JSON.stringify(index)).toSorted();
}

function sameColumns(a: readonly ColumnLayout[], b: readonly ColumnLayout[]): boolean {
  return sameList(columnTexts(a), columnTexts(b));
}

function columnTexts(columns: readonly ColumnLayout[]): string[] {
  return columns.map(({ field, column, kind }) => `${column} ${kind} ${field}`).toSorted();
}

function describe(after: EntityLayout, { origin, renames, onDuplicateKey }: Descent): string[] {
  const keyChanges = origin !== null && !sameList(origin.key, after.key);
  const name = quote(after.name);
  // What has the old key in it is told apart by that.
  const refused = [
    ...(keyChanges && onDuplicateKey === "refuse" ? [after.key] : []),
    ...(origin === null ? [] : addedUniques(after, origin).map(({ fields }) => fields)),
  ].filter((fields) => !nowCalled(origin?.key ?? [], renames).every((field) => fields.includes(field)));
  return [
    ...describeEntity({ before: origin, after }),
    ...renames.flatMap((names) =>
      Object.entries(names).map(([old, now]) => `${quote(old)} of ${name} is called ${quote(now)}`),
    ),
    ...(keyChanges && onDuplicateKey !== "refuse"
      ? [
          `of documents of ${name} that share a key, the ${onDuplicateKey === "keep-first" ? "first" : "last"} is kept`,
        ]
      : []),
    ...refused.map((fields) => `it is refused where two documents of ${name} share ${list(fields)}`),
  ];
}
