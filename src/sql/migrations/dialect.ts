import type { ColumnValue } from "./column.js";
import type { Steps } from "./steps.js";
import type { RefilledTable } from "./upgrade.js";

/** Milliseconds that one statement of an upgrade may take, or wait for somebody else's upgrade. */
export const LONGEST_STEP = 600_000;

/** A row on its way into a new table: its position, a value for each column, its document. */
export interface NewRow {
  readonly seq: number;
  readonly values: readonly ColumnValue[];
  readonly data: string;
}

/** Entity to the table, with its prefix, that is created in the place of its own. */
export type StandIns = Readonly<Record<string, string>>;

/**
 * What differs between databases while they are upgraded. New tables are built beside the old ones, under the names of
 * stand-ins, and take their place when all are filled: so a database whose transactions do not cover the creation of tables has
 * changed nothing until then either. Tables are named with their prefix.
 */
export interface MigrationDialect {
  readonly prefix: string;
  /**
   * Run first. From then until the end of the transaction, nobody else upgrades these tables; nothing has been read yet, so that
   * what is read afterwards is what the one before has left.
   */
  readonly lock: readonly string[];
  /** Rows of `name` and `value`. */
  readonly readMeta: string;
  /**
   * Rows of `what`: everything of somebody else's that stands in the way, in words. That is what has one of the names that will be
   * taken, and what would go with a table that is dropped, such as a trigger on it, or would hold on to it, such as a foreign
   * key. Left out where the database itself refuses such an upgrade before anything is lost.
   */
  obstacles?(taken: readonly string[], dropped: readonly string[]): string;
  /** From here on nobody else writes to the old tables, and those that are refilled can be read in the order of `seq`. */
  prepare(refilled: readonly string[], others: readonly string[]): readonly string[];
  dropIndexes(table: string, indexes: readonly string[]): readonly string[];
  /** Creates every entity's table and index of the present version that is missing, some tables under the names of stand-ins. */
  create(standIns: StandIns): readonly string[];
  /**
   * Null where creating tables and indexes is part of the transaction. Where it is not, a table of which only indexes change is
   * built anew as well: fills its stand-in with the rows as they are.
   */
  readonly copy: ((entity: string, table: string, standIn: string) => readonly string[]) | null;
  /** `"table"`, qualified where that is usual. */
  table(name: string): string;
  /** `"column"` */
  name(column: string): string;
  /** The place of a value, from 0: `?` or `$1`. */
  arg(position: number): string;
  /** About how many bytes the documents of a row take: `length("data")`. */
  readonly size: string;
  /** Binds a column's value. */
  bind(value: ColumnValue): unknown;
  /**
   * Stores rows in their order, except those that would break a rule that no two rows share a value. Which rows were stored, by
   * the `seq` they came with; they need not keep it, only their order.
   */
  insert(standIn: string, refill: RefilledTable, rows: readonly NewRow[]): Steps<ReadonlySet<number>>;
  /** Records the version, and the oldest one whose code may go on using the database. */
  setVersion(version: number, readableFrom: number): readonly string[];
  /** Drops old tables, and gives stand-ins their names. Where there is no transaction, one of these is the step that counts. */
  replace(old: readonly string[], standIns: readonly StandIn[]): readonly string[];
  /**
   * Drops what an upgrade has left: at its end, when it is refused, and at the next opening of a database that says `left_over` in
   * its meta table. None where a transaction leaves nothing.
   */
  readonly tidy: readonly string[];
}

/** A table that has been created, and filled, under another name. */
export interface StandIn {
  readonly standIn: string;
  readonly table: string;
  /** The table that it was filled from; null for a new one. */
  readonly source: string | null;
}

/** Records the version in a meta table that is named as SQL names it, with its quotes. */
export function recordVersion(meta: string, version: number, readableFrom: number): readonly string[] {
  return [
    `update ${meta} set "value" = ${version} where "name" = 'schema_version'`,
    `delete from ${meta} where "name" = 'readable_from'`,
    ...(readableFrom < version
      ? [`insert into ${meta} ("name", "value") values ('readable_from', ${readableFrom})`]
      : []),
  ];
}
