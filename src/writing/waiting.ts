import { StorageError } from "../errors.js";

/** More calls than this are not taken on while the database does not keep up; `BUSY` tells the caller to slow down. */
export const MAX_WAITING = 100_000;

/** The error for a call beyond {@link MAX_WAITING}. */
export function tooManyCalls(backend: string): StorageError {
  return new StorageError(`${backend}: ${MAX_WAITING} calls are waiting already`, {
    code: "BUSY",
    backend,
    hint: "Await earlier calls before making more.",
  });
}
