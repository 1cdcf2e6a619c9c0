import type { ReadRequest } from "./methods.js";
import type { FieldModel, IndexModel, OrderTermModel, QueryModel } from "./model.js";
import { boundedSqlName, pascalCase } from "./names.js";

/** Turns the reads of an entity's methods into queries, and finds the indexes that serve them. */
export function planReads(
  table: string,
  key: readonly FieldModel[],
  order: readonly OrderTermModel[],
  requests: readonly ReadRequest[],
): { queries: QueryModel[]; indexes: IndexModel[] } {
  const indexes: IndexModel[] = [];
  const queries = requests.map(({ query, kind, where }): QueryModel => {
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
  const member =
    fields.length === 0 ? "inOrder" : `by${fields.map((field) => pascalCase(field.name)).join("")}`;
  return {
    name: boundedSqlName(base + suffix),
    fields,
    order,
    member: use === "last" ? `${member}Last` : member,
    use,
  };
}

function identity({ use, fields }: IndexModel): string {
  return [use, ...fields.map((field) => field.name).toSorted()].join();
}
