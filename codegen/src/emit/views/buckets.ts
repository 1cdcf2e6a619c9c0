import type { EntityModel, FieldModel, QueryModel } from "../../model/model.js";
import { pascalCase } from "../../model/names.js";
import { combinations, listMember } from "../../model/reads.js";
import { type FieldView, fieldView } from "./fields.js";

/** One level of nested maps. */
export interface LevelView {
  readonly field: FieldView;
  /** Expression of the map at this level. */
  readonly map: string;
  /** Variable for the next level's map; empty at the last. */
  readonly next: string;
}

/** An ordered list in memory, for one combination of fields looked up by. */
export interface BucketView {
  /** `byHandlerId` */
  readonly member: string;
  /** `listByHandlerId`: the method that finds a row's list. */
  readonly locate: string;
  /** The maps that lead to a list. */
  readonly levels: readonly LevelView[];
  readonly hasFields: boolean;
  /** The maps' type, up to that of the list: `Map<string, Map<string, `. */
  readonly typeOpen: string;
  readonly typeClose: string;
}

/** In memory one list serves both directions, so there is one for each combination of fields. */
export function bucketViews(entity: EntityModel): BucketView[] {
  const buckets = new Map<string, BucketView>();
  for (const fields of entity.queries.flatMap(listedBy)) {
    const member = listMember(fields);
    buckets.set(member, {
      member,
      locate: `list${pascalCase(member)}`,
      levels: levels(`this.#${member}`, fields),
      hasFields: fields.length > 0,
      typeOpen: mapTypes(fields),
      typeClose: ">".repeat(fields.length),
    });
  }
  return [...buckets.values()];
}

/** Each combination of fields that a query asks for an ordered list by. */
function listedBy(query: QueryModel): readonly (readonly FieldModel[])[] {
  if (query.kind === "key" || query.kind === "unique") return [];
  if (query.kind === "select" || query.kind === "count") return combinations(query.where, query.filters);
  return [query.where];
}

/** The nested maps that lead to what these fields tell apart. */
export function levels(root: string, fields: readonly FieldModel[]): LevelView[] {
  return fields.map((field, depth) => ({
    field: fieldView(field),
    map: depth === 0 ? root : `at${pascalCase(fields[depth - 1]?.name ?? "")}`,
    next: depth === fields.length - 1 ? "" : `at${pascalCase(field.name)}`,
  }));
}

/** Their type, up to that of what they hold. */
export function mapTypes(fields: readonly FieldModel[]): string {
  return fields.map((field) => `Map<${fieldView(field).rowType}, `).join("");
}
