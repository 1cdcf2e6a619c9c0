/** What the SQL backends share, whatever the database. */
export { arg, sqlOf } from "./arguments.js";
export type { CompiledSql } from "./arguments.js";
