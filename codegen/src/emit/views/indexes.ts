import type { SqlTerm } from "../../backends/descriptor.js";
import type { EntityModel, FieldModel, IndexModel, OrderTermModel } from "../../model/model.js";
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
  readonly terms: readonly SqlTerm[];
  /** `"handler_id"`, `"created_at" desc nulls last`: PostgreSQL puts absent values last unless told. */
  readonly postgresTerms: readonly string[];
}

export function indexView(index: IndexModel): IndexView {
  const order = openOrder(index.order, index.fields)
    .map(orderTermView)
    .map((term) => (index.use === "last" ? reverse(term) : term));
  return {
    name: index.name,
    terms: [
      ...index.fields.map((field) => sqlTerm(field, false)),
      ...order.map((term) => sqlTerm(term.field, term.descending)),
    ],
    postgresTerms: [
      ...index.fields.map((field) => `"${field.column}"`),
      ...order.map(
        (term) => `"${term.field.column}" ${term.descending ? "desc nulls last" : "asc nulls first"}`,
      ),
    ],
  };
}

export function sqlTerm({ column, kind }: FieldModel, descending: boolean): SqlTerm {
  return { column, kind, descending };
}

/** One index serves both directions there: none of "the last" where lists have one of the same terms. */
export function sqliteIndexes({ indexes }: EntityModel): SqliteIndexView[] {
  const views = indexes.map((index) => ({ use: index.use, name: index.name, terms: sqliteTerms(index) }));
  const ofLists = new Set(views.filter(({ use }) => use === "forward").map(({ terms }) => terms.join()));
  return views.filter(
    ({ use, terms }) =>
      // By position alone the table itself is in order.
      terms.length > 0 && (use === "forward" || !ofLists.has(terms.join())),
  );
}

/** The index of lists of rows which share these fields; null where the table itself is in their order, or a count needs none. */
export function listIndexName({ indexes }: EntityModel, fields: readonly FieldModel[]): string | null {
  const index = indexes.find((each) => each.use === "forward" && haveSameFields(each.fields, fields));
  return index === undefined || sqliteTerms(index).length === 0 ? null : index.name;
}

/** The order of rows that share these fields, which are no part of it. */
export function openOrder(
  order: readonly OrderTermModel[],
  shared: readonly FieldModel[],
): readonly OrderTermModel[] {
  return order.filter((term) => !shared.some(({ name }) => name === term.field.name));
}

function sqliteTerms({ fields, order }: IndexModel): readonly string[] {
  return [
    ...fields.map((field) => field.column),
    ...openOrder(order, fields).map(
      (term) => `${term.field.column}${term.direction === "desc" ? " desc" : ""}`,
    ),
  ];
}

function haveSameFields(some: readonly FieldModel[], others: readonly FieldModel[]): boolean {
  return (
    some.length === others.length && some.every(({ name }) => others.some((other) => other.name === name))
  );
}
