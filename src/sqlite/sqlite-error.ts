import { StorageError, type StorageErrorCode } from "../errors.js";

/** SQLite's primary result codes, by name. Source: sqlite.org/rescode.html. */
const CODES: Readonly<Record<string, StorageErrorCode>> = {
  SQLITE_BUSY: "BUSY",
  SQLITE_LOCKED: "BUSY",
  SQLITE_READONLY: "READ_ONLY",
  SQLITE_PERM: "READ_ONLY",
  SQLITE_AUTH: "READ_ONLY",
  SQLITE_CANTOPEN: "IO",
  SQLITE_IOERR: "IO",
  // The file ends within a page.
  SQLITE_IOERR_SHORT_READ: "CORRUPT",
  SQLITE_FULL: "DISK_FULL",
  SQLITE_CORRUPT: "CORRUPT",
  SQLITE_NOTADB: "CORRUPT",
  SQLITE_TOOBIG: "TOO_LARGE",
  SQLITE_CONSTRAINT: "CONFLICT",
  SQLITE_SCHEMA: "SCHEMA_MISMATCH",
};

const HINTS: Readonly<Partial<Record<StorageErrorCode, string>>> = {
  BUSY: "Another connection holds the write lock. Try again, or give it longer with `busyTimeout`.",
  READ_ONLY: "Give the process the right to write the file and its folder.",
  IO: "The operating system failed to read or write the database; see the cause.",
  DISK_FULL: "Free some room; what was acknowledged is kept.",
  CORRUPT: "Restore the file from a backup; `PRAGMA integrity_check` tells more.",
};

/**
 * SQLite's refusal as a `StorageError` (rule S13). `resultCode` is the extended or primary code's name, such as
 * `SQLITE_IOERR_FSYNC`. A failed write was rolled back, so its outcome is `not-written`, except where the disk itself failed.
 */
export function sqliteError(backend: string, resultCode: string, cause: unknown): StorageError {
  const primary = resultCode.split("_", 2).join("_");
  const code = CODES[resultCode] ?? CODES[primary] ?? "INTERNAL";
  return new StorageError(`${backend}: SQLite answered ${resultCode}`, {
    code,
    outcome: code === "IO" || code === "INTERNAL" ? "unknown" : "not-written",
    backend,
    hint: HINTS[code] ?? "See the cause.",
    cause,
  });
}
