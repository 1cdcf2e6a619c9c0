/** How a database of an earlier schema version becomes one of the present version (rule S15). */
export type { ColumnValue } from "./column.js";
export { LONGEST_STEP } from "./dialect.js";
export type { MigrationDialect, NewRow, StandIn, StandIns } from "./dialect.js";
export { postgresMigration } from "./postgres.js";
export { refillStatements } from "./refill.js";
export type { RefillStatements } from "./refill.js";
export { planUpgrade, runUpgrade } from "./run-upgrade.js";
export type { PlannedUpgrade, UpgradeFacts } from "./run-upgrade.js";
export { sqliteMigration } from "./sqlite.js";
export { runSteps, runStepsLater } from "./steps.js";
export type { Step, Steps } from "./steps.js";
export type {
  AddedTable,
  OldTable,
  RefilledTable,
  ReindexedTable,
  RemovedTable,
  TableUpgrade,
  Upgrade,
  UpgradedColumn,
} from "./upgrade.js";
export { isUpgradeNeeded, versionsOf } from "./versions.js";
export type { FoundVersions, SchemaFacts } from "./versions.js";
