import type { Statement } from "./executor.js";

/** A read, for one call and for many at once. */
export interface GatheredRead {
  readonly single: Statement;
  /**
   * Its values are one array for each argument; its rows, in no order of their calls, tell in `call` which one they answer, from
   * 1. Null where there is no such statement.
   */
  readonly many: Statement | null;
}

/**
 * A read of PostgreSQL that answers many calls at once: the arguments of `single` become columns of a table of calls, one row
 * each, for which the read is made.
 *
 * @param types the type of an array of each argument's values
 */
export function gatheredOnPostgres(single: Statement, types: readonly string[]): GatheredRead {
  // Names in our SQL are free of `$`, so that each `$1` is an argument.
  const perCall = single.sql.replaceAll(/\$(\d+)/g, (_, number: string) => `calls."argument_${number}"`);
  const arrays = types.map((type, index) => `$${index + 1}::${type}`).join(", ");
  const columns = types.map((_, index) => `"argument_${index + 1}"`).join(", ");
  const sql =
    `select calls."call"::integer as "call", found."data" from unnest(${arrays}) with ordinality ` +
    `as calls (${columns}, "call") cross join lateral (${perCall}) as found`;
  return { single, many: types.length === 0 ? null : { name: `${single.name}_many`, sql } };
}
