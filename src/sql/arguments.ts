import { StorageError } from "../errors.js";

/** Stands for a value that is bound at each call, while the query around it is built only once. */
class Argument {
  constructor(readonly position: number) {}
}

/** The argument at `position`, from 0, wherever a query builder takes a value of type `T`. */
export function arg<T>(position: number): T {
  return new Argument(position) as T;
}

/** What a query builder compiles to; Kysely's `CompiledQuery` is one. */
export interface CompiledSql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The SQL of a query whose parameters are exactly its arguments, in their order, so that calls bind by position.
 *
 * @throws StorageError `INTERNAL` when the query holds any other value: it would have been frozen into it.
 */
export function sqlOf(query: CompiledSql): string {
  for (const [index, position] of argumentsOf(query).entries()) {
    if (position !== index) throw notArgument(query, index, `argument ${index}`);
  }
  return query.sql;
}

/**
 * The position of the argument that each parameter of a query stands for, for queries that use one several times.
 *
 * @throws StorageError `INTERNAL` when the query holds any other value: it would have been frozen into it.
 */
export function argumentsOf(query: CompiledSql): readonly number[] {
  return query.parameters.map((parameter, index) => {
    if (!(parameter instanceof Argument)) throw notArgument(query, index, "an argument");
    return parameter.position;
  });
}

function notArgument({ sql }: CompiledSql, index: number, wanted: string): StorageError {
  return new StorageError(`Parameter ${index + 1} is not ${wanted} in: ${sql}`, { code: "INTERNAL" });
}
