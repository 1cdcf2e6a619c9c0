/** What the SQL backends share, whatever the database. */
export { arg, sqlOf } from "./arguments.js";
export type { CompiledSql } from "./arguments.js";
export { countInserted, planBatch, weightOf } from "./batch.js";
export type { ClearWrite, PlannedStatement, RowWrite, SqlWrite, TableWriter } from "./batch.js";
export type { BoundStatement, ResultRow, SqlExecutor, Statement } from "./executor.js";
export { commitBatch } from "./commit-batch.js";
export type { BatchChange, CommittedBatch } from "./commit-batch.js";
export { statement } from "./statement.js";
export { ensureTables } from "./ensure-tables.js";
export type { TablesFacts } from "./ensure-tables.js";
export { isSqlState, postgresError } from "./postgres-error.js";
export { sqliteError } from "../sqlite/sqlite-error.js";
export { pause, within } from "./deadline.js";
export { isTimeout } from "./is-timeout.js";
export { IN_MEMORY, isFilename } from "../sqlite/filename.js";
