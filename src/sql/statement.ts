import { type CompiledSql, sqlOf } from "./arguments.js";
import type { Statement } from "./executor.js";

/** A statement of a compiled query, whose arguments must stand in order (see `sqlOf`). White space is made single. */
export function statement(name: string, query: CompiledSql): Statement {
  return { name, sql: sqlOf(query).replaceAll(/\s+/g, " ").trim() };
}
