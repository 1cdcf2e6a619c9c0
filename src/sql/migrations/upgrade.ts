import type { ScalarKind } from "./column.js";

/** How a database of one released schema version becomes one of the present version (rule S15). Made by the generator. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
  /** The oldest version whose code may go on using the database. */
  readonly readableFrom: number;
  /** What becomes of the tables; those that stay as they are are not among them. */
  readonly tables: readonly TableUpgrade[];
}

export type TableUpgrade = RefilledTable | ReindexedTable | RemovedTable | AddedTable;

/** A table whose columns change: it is built anew out of the stored documents. */
export interface RefilledTable {
  readonly kind: "refill";
  /** The entity as the spec names it now. */
  readonly entity: string;
  /** The table's name now, without the prefix, as all names here. */
  readonly table: string;
  readonly from: OldTable;
  readonly columns: readonly UpgradedColumn[];
  /** The columns that no two rows may share: those of the key, then those of each unique index, which hold no row that lacks one. */
  readonly unique: readonly (readonly string[])[];
  /** Whether its rows may go one by one afterwards; if not, SQLite counts them by their numbers, which may have no gaps then. */
  readonly removable: boolean;
  /** Properties of the documents that are renamed, old name to new, one step after the other. */
  readonly renames: readonly Readonly<Record<string, string>>[];
  /** What becomes of rows that would share a key: refused unless the spec says which one stays. */
  readonly onDuplicateKey: "refuse" | "keep-first" | "keep-last";
}

/** A table of the version that is left behind. */
export interface OldTable {
  readonly table: string;
  /** The fields of its key, by which rows are named in errors. */
  readonly key: readonly string[];
  readonly indexes: readonly string[];
}

/** A table of which only indexes change, or that keeps count of rows that go one by one from now on. */
export interface ReindexedTable {
  readonly kind: "reindex";
  readonly entity: string;
  readonly table: string;
  /** The indexes it had, unique ones too. */
  readonly indexes: readonly string[];
}

/** A table whose documents the spec gives up. */
export interface RemovedTable {
  readonly kind: "remove";
  readonly entity: string;
  readonly table: string;
  readonly indexes: readonly string[];
}

/** A table of a new entity. */
export interface AddedTable {
  readonly kind: "add";
  readonly entity: string;
  readonly table: string;
}

/** A column, and the field that it holds. */
export interface UpgradedColumn {
  readonly field: string;
  readonly column: string;
  readonly kind: ScalarKind;
  /** Whether it is part of the key. */
  readonly key: boolean;
}
