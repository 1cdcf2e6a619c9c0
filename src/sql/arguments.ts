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
  for (const [index, parameter] of query.parameters.entries()) {
    if (!(parameter instanceof Argument) || parameter.position !== index) {
      throw new StorageError(`Parameter ${index + 1} is not argument ${index} in: ${query.sql}`, {
        code: "INTERNAL",
      });
    }
  }
  return query.sql;
}
