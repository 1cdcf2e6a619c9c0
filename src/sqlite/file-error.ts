import { StorageError, type StorageErrorCode, type StorageErrorOutcome } from "../errors.js";
import { sqliteError } from "./sqlite-error.js";

const CODES: Readonly<Record<string, StorageErrorCode>> = {
  EACCES: "READ_ONLY",
  EPERM: "READ_ONLY",
  EROFS: "READ_ONLY",
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  EBUSY: "BUSY",
};

const HINTS: Readonly<Partial<Record<StorageErrorCode, string>>> = {
  READ_ONLY: "Give the process the right to read and write the file and its folder.",
  DISK_FULL: "Free some room; nothing is lost, and the storage works again by itself.",
};

/** A refusal by the operating system, or by SQLite on its behalf, as a `StorageError` (rule S13), told by its `code`. */
export function fileError(
  backend: string,
  filename: string,
  error: unknown,
  outcome: StorageErrorOutcome = "not-written",
): StorageError {
  if (StorageError.is(error)) return error;
  const errno = (error as NodeJS.ErrnoException).code ?? "unknown error";
  if (errno.startsWith("SQLITE_")) return sqliteError(backend, errno, error);
  const code = CODES[errno] ?? "IO";
  return new StorageError(`${backend}: cannot use ${filename} (${errno})`, {
    code,
    outcome,
    backend,
    hint: HINTS[code] ?? "See the cause.",
    cause: error,
  });
}
