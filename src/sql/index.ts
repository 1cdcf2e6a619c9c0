/** What the SQL backends share, whatever the database. */
export { arg, sqlOf } from "./arguments.js";
export type { CompiledSql } from "./arguments.js";
export { countInserted, planBatch, weightOf } from "./batch.js";
export type { ClearWrite, PlannedStatement, RemovalWrite, RowWrite, SqlWrite, TableWriter } from "./batch.js";
export type {
  BoundStatement,
  ResultRow,
  RunStatement,
  SqlExecutor,
  Statement,
  WriteResult,
} from "./executor.js";
export { commitBatch } from "./commit-batch.js";
export type { BatchChange, CommittedBatch } from "./commit-batch.js";
export { gatheredOnPostgres } from "./gathered.js";
export type { GatheredRead, ManyCalls } from "./gathered.js";
export { ReadGatherer } from "./read-gatherer.js";
export { statement } from "./statement.js";
export { placedRow } from "./selection/placed-row.js";
export type { NarrowedPlace, NarrowedSelection } from "./selection/narrow.js";
export { SelectionStatements } from "./selection/selection-statements.js";
export type { BoundSelection, SelectionQuery } from "./selection/selection-statements.js";
export { sqliteValue } from "./sqlite-value.js";
export * from "./migrations/index.js";
export { ensureTables } from "./ensure-tables.js";
export type { TablesFacts } from "./ensure-tables.js";
export { isSqlState, postgresError } from "./postgres-error.js";
export { sqliteError } from "../sqlite/sqlite-error.js";
export { pause, within } from "./deadline.js";
export { PoolCalls } from "./pool-calls.js";
export type { CallKind, CallLimits, PooledConnection, PoolDriver } from "./pool-calls.js";
export { isTimeout } from "./is-timeout.js";
export { checkSource, isKysely, SERVER_CHECKS, serverSettings, statementTimeout } from "./server-options.js";
export type { ServerOptions, ServerSettings } from "./server-options.js";
export { IN_MEMORY, isFilename } from "../sqlite/filename.js";
export * from "./cache/index.js";
