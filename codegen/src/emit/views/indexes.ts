import type { EntityModel, IndexModel } from "../../model/model.js";
import { orderTermView, reverse } from "./fields.js";

/** An index of a table on SQLite. */
export interface SqliteIndexView {
  readonly name: string;
  /** `handler_id`, `created_at desc`. */
  readonly terms: readonly string[];
}

/** An index of a table on PostgreSQL. */
export interface IndexView {
  readonly name: string;
  /** `"handler_id"`, `"created_at" desc nulls last`: PostgreSQL puts absent values last unless told. */
  readonly postgresTerms: readonly string[];
}

export function indexView(index: IndexModel): IndexView {
  const order = index.order.map(orderTermView).map((term) => (index.use === "last" ? reverse(term) : term));
  return {
    name: index.name,
    postgresTerms: [
      ...index.fields.map((field) => `"${field.column}"`),
      ...order.map(
        (term) => `"${term.field.column}" ${term.descending ? "desc nulls last" : "asc nulls first"}`,
      ),
    ],
  };
}

export function sqliteIndexes(entity: EntityModel): SqliteIndexView[] {
  const indexes = new Map<string, SqliteIndexView>();
  // Lists last, so that theirs are the names that remain.
  for (const index of entity.indexes.toSorted((a, b) => (a.use < b.use ? 1 : -1))) {
    const terms = [
      ...index.fields.map((field) => field.column),
      ...index.order.map((term) => `${term.field.column}${term.direction === "desc" ? " desc" : ""}`),
    ];
    indexes.set(terms.join(), { name: index.name, terms });
  }
  return [...indexes.values()];
}
