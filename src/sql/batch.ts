import type { BoundStatement, ResultRow, Statement } from "./executor.js";

/** How the rows of one table are written. */
export interface TableWriter {
  /** The entity, as the spec names it. */
  readonly entity: string;
  /** Upserts one row; its values are the key's columns, the others, the document. */
  readonly single: Statement;
  /** Upserts many rows, none of the same key; its values are one array for each column. Null where there is no such statement. */
  readonly batch: Statement | null;
  /** How many of a row's first values are its key. */
  readonly keyLength: number;
  /** What no two documents share, such as `slug; owner and name`; undefined when there is no unique index. */
  readonly unique?: string;
}

/** One row to store. */
export interface RowWrite {
  readonly table: TableWriter;
  readonly values: readonly unknown[];
}

/** Empties every table. */
export interface ClearWrite {
  readonly clear: readonly Statement[];
}

/** Removes rows of a table. */
export interface RemovalWrite {
  readonly table: TableWriter;
  readonly remove: Statement;
  readonly values: readonly unknown[];
  /** How many rows it has removed, once it is committed. */
  removed: number;
}

export type SqlWrite = RowWrite | ClearWrite | RemovalWrite;

/** About how many characters a write sends: those of its document, which comes last. */
export function weightOf(write: SqlWrite): number {
  const document = "values" in write ? write.values.at(-1) : undefined;
  return typeof document === "string" ? document.length : 0;
}

/** A statement of a batch, and what its rows say. */
export interface PlannedStatement {
  readonly bound: BoundStatement;
  /** The table it writes to; null for one that empties a table. */
  readonly table: TableWriter | null;
  /** The write that wants to know how many rows it has removed. */
  readonly removal?: RemovalWrite;
}

/** The rows of one statement, by their keys. */
type RowGroup = Map<string, readonly unknown[]>;

/**
 * Turns the writes of a batch into statements: one for each table, up to a `clear` or a removal. Of several rows of one key the
 * last is stored, at the place of the first, which is what storing them one after the other comes to (rule S6). Not so in a table
 * with unique indexes, where what a row gives up may be another one's before it is back: there each is stored.
 */
export function planBatch(writes: readonly SqlWrite[]): PlannedStatement[] {
  const [only] = writes;
  // The usual case has nothing to group.
  if (writes.length === 1 && only !== undefined && isRow(only)) return [planRow(only.table, only.values)];
  const planned: PlannedStatement[] = [];
  let tables = new Map<TableWriter, RowGroup[]>();
  const finishTables = (): void => {
    for (const [table, groups] of tables) {
      for (const rows of groups) planned.push(...planTable(table, [...rows.values()]));
    }
    tables = new Map();
  };
  for (const write of writes) {
    if ("clear" in write) {
      finishTables();
      for (const statement of write.clear) planned.push({ bound: { statement, values: [] }, table: null });
    } else if ("remove" in write) {
      finishTables();
      const { table, remove, values } = write;
      planned.push({ bound: { statement: remove, values }, table, removal: write });
    } else {
      const groups = tables.get(write.table) ?? [];
      tables.set(write.table, groups);
      addRow(groups, write);
    }
  }
  finishTables();
  return planned;
}

function isRow(write: SqlWrite): write is RowWrite {
  return !("clear" in write || "remove" in write);
}

/** Adds a row to the last group, or begins another one where the table may not lose an earlier row of its key. */
function addRow(groups: RowGroup[], { table, values }: RowWrite): void {
  const key = JSON.stringify(values.slice(0, table.keyLength));
  let rows = groups.at(-1);
  if (rows === undefined || (table.unique !== undefined && rows.has(key))) groups.push((rows = new Map()));
  rows.set(key, values);
}

function planTable(table: TableWriter, rows: readonly (readonly unknown[])[]): PlannedStatement[] {
  const { batch } = table;
  if (batch === null || rows.length === 1) return rows.map((values) => planRow(table, values));
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
  return [{ bound: { statement: batch, values: columns }, table }];
}

function planRow(table: TableWriter, values: readonly unknown[]): PlannedStatement {
  return { bound: { statement: table.single, values }, table };
}

/** How many of the rows that a statement wrote are new: each part that it is run in says so in `inserted`, where the database can tell. */
export function countInserted(parts: readonly ResultRow[]): number {
  return parts.reduce((sum, { inserted }) => sum + Number(inserted ?? 0), 0);
}
