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

export type SqlWrite = RowWrite | ClearWrite;

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
}

/**
 * Turns the writes of a batch into statements: one for each table, up to a `clear`. Of several rows of one key the last is
 * stored, at the place of the first, which is what storing them one after the other comes to (rule S6).
 */
export function planBatch(writes: readonly SqlWrite[]): PlannedStatement[] {
  const planned: PlannedStatement[] = [];
  let tables = new Map<TableWriter, Map<string, readonly unknown[]>>();
  const finishTables = (): void => {
    for (const [table, rows] of tables) planned.push(...planTable(table, [...rows.values()]));
    tables = new Map();
  };
  for (const write of writes) {
    if ("clear" in write) {
      finishTables();
      for (const statement of write.clear) planned.push({ bound: { statement, values: [] }, table: null });
    } else {
      const rows = tables.get(write.table) ?? new Map<string, readonly unknown[]>();
      tables.set(write.table, rows);
      rows.set(JSON.stringify(write.values.slice(0, write.table.keyLength)), write.values);
    }
  }
  finishTables();
  return planned;
}

function planTable(table: TableWriter, rows: readonly (readonly unknown[])[]): PlannedStatement[] {
  const { batch, single } = table;
  if (batch === null || rows.length === 1) {
    return rows.map((values) => ({ bound: { statement: single, values }, table }));
  }
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
  return [{ bound: { statement: batch, values: columns }, table }];
}

/** How many of the rows that a statement wrote are new; each says so in `inserted`. */
export function countInserted(rows: readonly ResultRow[]): number {
  return rows.filter((row) => row["inserted"] === true || row["inserted"] === 1).length;
}
