import type { OwnSql } from "../../backends/descriptor.js";
import type { EntityView } from "./entity.js";
import type { FieldView } from "./fields.js";
import { type IndexView, sqlTerm } from "./indexes.js";

/** An entity, with what a backend's own SQL makes of its columns and indexes. */
export interface OwnSqlEntityView extends EntityView {
  readonly columns: readonly (FieldView & { readonly sqlType: string })[];
  /** The columns that keep numbers. */
  readonly numberColumns: readonly string[];
  /** What no two rows share: first of all the key. */
  readonly sqlUniques: readonly OwnSqlUniqueView[];
  readonly sqlIndexes: readonly (IndexView & { readonly sqlTerms: string })[];
}

export interface OwnSqlUniqueView {
  /** `key`, or the index's name. */
  readonly name: string;
  readonly fields: readonly FieldView[];
  /** Whether its columns can be a unique index. */
  readonly fits: boolean;
  /** As an index that is not unique, where they cannot. */
  readonly sqlTerms: string;
  /** Whether no index follows. */
  readonly isLast: boolean;
}

export function ownSqlEntityView(entity: EntityView, sql: OwnSql): OwnSqlEntityView {
  // By position alone the table itself is in order.
  const indexes = entity.indexes.filter(({ terms }) => terms.length > 0);
  const uniques = [{ name: "key", fields: entity.key }, ...entity.uniques];
  return {
    ...entity,
    columns: entity.columns.map((field) => ({ ...field, sqlType: sql.columnTypes[field.kind] })),
    numberColumns: entity.columns.filter(({ kind }) => kind === "number").map(({ column }) => column),
    sqlUniques: uniques.map(({ name, fields }, index) => {
      const terms = fields.map((field) => sqlTerm(field, false));
      return {
        name,
        fields,
        fits: sql.fitsUniqueIndex(terms),
        sqlTerms: sql.indexTerms(terms).join(", "),
        isLast: index === uniques.length - 1 && indexes.length === 0,
      };
    }),
    sqlIndexes: indexes.map((index) => ({ ...index, sqlTerms: sql.indexTerms(index.terms).join(", ") })),
  };
}
