/**
 * What went wrong, for programs (rule S13). Codes are the API; messages are for people and may change.
 *
 * | code | meaning |
 * | --- | --- |
 * | `INVALID_INPUT` | a key or a document that cannot be stored without loss; the message names the place |
 * | `TOO_LARGE` | a document over 16 MiB encoded, or nested deeper than 512 |
 * | `INVALID_OPTION` | an unknown, missing or impossible option |
 * | `NOT_OPEN` | a synchronous call before the storage has opened |
 * | `CLOSED` | a call after `shutdown()` |
 * | `BUSY` | somebody else holds the database, or too much is waiting; trying again may work |
 * | `LOCKED` | another process owns the file |
 * | `UNAVAILABLE` | the server cannot be reached |
 * | `TIMEOUT` | no answer within the deadline |
 * | `READ_ONLY` | the file, folder or server takes no writes |
 * | `DISK_FULL` | no room left |
 * | `IO` | the operating system failed to read or write |
 * | `CORRUPT` | what is stored cannot be read back |
 * | `SCHEMA_MISMATCH` | the database is not ours, or of another schema version |
 * | `CONFLICT` | a unique value is taken |
 * | `INTERNAL` | a fault of this library or its driver |
 */
export type StorageErrorCode =
  | "INVALID_INPUT"
  | "TOO_LARGE"
  | "INVALID_OPTION"
  | "NOT_OPEN"
  | "CLOSED"
  | "BUSY"
  | "LOCKED"
  | "UNAVAILABLE"
  | "TIMEOUT"
  | "READ_ONLY"
  | "DISK_FULL"
  | "IO"
  | "CORRUPT"
  | "SCHEMA_MISMATCH"
  | "CONFLICT"
  | "INTERNAL";

/** Whether the failed call may have changed what is stored. A lost reply is `unknown`, never `not-written`. */
export type StorageErrorOutcome = "not-written" | "unknown";

/** The values of a key, in the order of the key's fields. */
export type StorageKey = readonly (string | number | boolean)[];

/** Everything about a {@link StorageError} but its message. */
export interface StorageErrorDetails {
  /** What went wrong. */
  readonly code: StorageErrorCode;
  /** Default `not-written`. */
  readonly outcome?: StorageErrorOutcome;
  /** Whether the same call may succeed later, unchanged. Default: as the code suggests. */
  readonly retryable?: boolean;
  /** The kind of document concerned, as the spec names it. */
  readonly entity?: string;
  /** The key concerned. */
  readonly key?: StorageKey;
  /** The backend that answered, such as `better-sqlite3`. */
  readonly backend?: string;
  /** What the reader can do about it. */
  readonly hint?: string;
  /** The driver's own error. Never holds a document or a password (rule S17). */
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<StorageErrorCode> = new Set([
  "BUSY",
  "LOCKED",
  "UNAVAILABLE",
  "TIMEOUT",
  "DISK_FULL",
]);

/** Marks our errors across realms and across two installed copies of this package. */
const BRAND = Symbol.for("@gati-framework/storage-kit/StorageError");

/**
 * The only error that a storage rejects or throws with (rule S13). Recognise it with {@link StorageError.is}, which also
 * works when two copies of this package are installed, and branch on its `code`.
 *
 * @example
 * ```ts
 * try {
 *   await storage.storeManifest(manifest);
 * } catch (error) {
 *   if (StorageError.is(error) && error.retryable) scheduleRetry(manifest);
 *   else throw error;
 * }
 * ```
 */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;
  readonly outcome: StorageErrorOutcome;
  readonly retryable: boolean;
  readonly entity: string | undefined;
  readonly key: StorageKey | undefined;
  readonly backend: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, details: StorageErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.outcome = details.outcome ?? "not-written";
    this.retryable = details.retryable ?? RETRYABLE.has(details.code);
    this.entity = details.entity;
    this.key = details.key;
    this.backend = details.backend;
    this.hint = details.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether `error` is a `StorageError`, whichever copy of this package made it. */
  static is(error: unknown): error is StorageError {
    return typeof error === "object" && error !== null && BRAND in error;
  }
}
