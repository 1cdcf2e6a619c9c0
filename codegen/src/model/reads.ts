import type { ReadRequest } from "./methods/methods.js";
import type { FieldModel, IndexModel, OrderTermModel, QueryModel, UniqueModel } from "./model.js";
import { boundedSqlName, pascalCase } from "./names.js";

/** Turns the reads of an entity's methods into queries, and finds the indexes that serve them. */
export function planReads(
  table: string,
  key: readonly FieldModel[],
  order: readonly OrderTermModel[],
  uniques: readonly UniqueModel[],
  requests: readonly ReadRequest[],
): { queries: QueryModel[]; indexes: IndexModel[] } {
  const indexes: IndexModel[] = [];
  const queries = requests.map((request): QueryModel => {
    const { query, kind, where } = request;
    if (kind === "select" || kind === "count") {
      for (const fields of combinations(where, request.filters)) {
        // Counting everything is not quicker by an index.
        const isNeeded = kind === "select" || fields.length > 0 || request.range !== null;
        if (isNeeded) sharedIndex(indexes, newIndex(table, fields, order, "forward"));
      }
      const { filters, range, descending, paged } = request;
      return { name: query, kind, where, filters, range, order, descending, paged };
    }
    if (kind === "unique") {
      const unique = uniques.find(({ fields }) => fields === where);
      return { name: query, kind, where, order: [], index: unique?.name ?? null };
    }
    if (kind === "key") {
      return { name: query, kind, where: key, order: [], index: null };
    }
    if (kind === "list" && where.length === 0 && order.length === 0) {
      return { name: query, kind, where, order, index: null };
    }
    const index = sharedIndex(indexes, newIndex(table, where, order, kind === "last" ? "last" : "forward"));
    return { name: query, kind, where: index.fields, order, index: index.name };
  });
  return { queries, indexes };
}

/** The fields of each combination of filters, beside those that are always compared. */
export function combinations(
  where: readonly FieldModel[],
  filters: readonly FieldModel[],
): readonly (readonly FieldModel[])[] {
  const chosen = filters.reduce<FieldModel[][]>(
    (sets, filter) => sets.flatMap((set) => [set, [...set, filter]]),
    [[]],
  );
  return chosen.map((set) => [...where, ...set]);
}

/** The index that already serves the same fields, in whatever order, or `index` as a new one. */
function sharedIndex(indexes: IndexModel[], index: IndexModel): IndexModel {
  const known = indexes.find((each) => identity(each) === identity(index));
  if (known === undefined) {
    indexes.push(index);
  }
  return known ?? index;
}

function newIndex(
  table: string,
  fields: readonly FieldModel[],
  order: readonly OrderTermModel[],
  use: IndexModel["use"],
): IndexModel {
  const suffix = use === "last" ? "_last" : "";
  const columns = fields.map((field) => field.column).join("_");
  const base = fields.length === 0 ? `${table}_in_order` : `${table}_by_${columns}`;
  const member = listMember(fields);
  return {
    name: boundedSqlName(base + suffix),
    fields,
    order,
    member: use === "last" ? `${member}Last` : member,
    use,
  };
}

/** The member in memory that holds lists by these fields: `byHandlerId`, or `inOrder` of all. */
export function listMember(fields: readonly FieldModel[]): string {
  return fields.length === 0 ? "inOrder" : `by${fields.map((field) => pascalCase(field.name)).join("")}`;
}

function identity({ use, fields }: IndexModel): string {
  return [use, ...fields.map((field) => field.name).toSorted()].join();
}
