import type { ResultRow, Statement } from "./executor.js";

/** A read, for one call and for many at once. */
export interface GatheredRead {
  readonly single: Statement;
  /** Null where calls are asked for one by one. */
  readonly many: ManyCalls | null;
}

/**
 * A statement that answers many calls. Its rows, in no order of their calls, tell in `call` which one they answer, from 1; one whose
 * `data` is null stands for no row. Those of one call are in order, unless there is `compare`.
 */
export interface ManyCalls {
  readonly statement: Statement;
  /** How many calls it may be asked at once: few enough that several connections share the work. */
  readonly most: number;
  /** The statement's values, of those of each call. */
  bind(calls: readonly (readonly unknown[])[]): readonly unknown[];
  /** Puts the rows of one call in order, as for `Array.prototype.sort`. */
  compare?(a: ResultRow, b: ResultRow): number;
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
  if (types.length === 0) return { single, many: null };
  const many: ManyCalls = {
    statement: { name: `${single.name}_many`, sql },
    most: 250,
    // One array for each argument.
    bind: (calls) => types.map((_, index) => calls.map((values) => values[index])),
  };
  return { single, many };
}
