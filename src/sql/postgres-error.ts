import { StorageError, type StorageErrorCode, type StorageErrorOutcome } from "../errors.js";

interface Meaning {
  readonly code: StorageErrorCode;
  /** Default `not-written`: PostgreSQL rolls back what it refuses. */
  readonly outcome?: StorageErrorOutcome;
  readonly retryable?: boolean;
  readonly hint: string;
}

const TRY_AGAIN = "Try again.";
const UNREACHABLE = "See whether the server runs and can be reached; the storage recovers by itself.";

/** By SQLSTATE, or by its class of two characters. Source: postgresql.org/docs/current/errcodes-appendix.html. */
const BY_STATE: Readonly<Record<string, Meaning>> = {
  "08": { code: "UNAVAILABLE", outcome: "unknown", hint: UNREACHABLE },
  "0A": {
    code: "SCHEMA_MISMATCH",
    hint: "The server does not know a feature that is needed: use PostgreSQL 12 or later.",
  },
  "22021": { code: "INVALID_INPUT", hint: "The database's encoding cannot hold it: use a database in UTF8." },
  "22P05": { code: "INVALID_INPUT", hint: "The database's encoding cannot hold it: use a database in UTF8." },
  "23": { code: "CONFLICT", hint: "The value is taken." },
  // The server ends a session that has been idle in its transaction, and rolls it back.
  "25P03": { code: "UNAVAILABLE", hint: TRY_AGAIN },
  "25P04": { code: "TIMEOUT", hint: "The transaction took too long, and was ended by the server." },
  "25006": {
    code: "READ_ONLY",
    retryable: true,
    hint: "The server takes no writes; connect to the primary.",
  },
  "28": { code: "UNAVAILABLE", retryable: false, hint: "Check the user and the password." },
  "3D": { code: "UNAVAILABLE", retryable: false, hint: "Create the database, or name another." },
  "3F": { code: "SCHEMA_MISMATCH", hint: "Create the schema, or let `migrate: 'auto'` do so." },
  "40": { code: "BUSY", hint: TRY_AGAIN },
  "40003": { code: "UNAVAILABLE", outcome: "unknown", hint: UNREACHABLE },
  "42501": {
    code: "READ_ONLY",
    hint: "Grant the role the right; to create tables, or use `migrate: 'verify'`.",
  },
  "42": { code: "SCHEMA_MISMATCH", hint: "The tables are not those of this release." },
  "53100": { code: "DISK_FULL", hint: "Free some room on the server." },
  "53": { code: "UNAVAILABLE", hint: "The server lacks resources, such as free connections. Try again." },
  "54": { code: "TOO_LARGE", hint: "Store a smaller document." },
  "55P03": { code: "BUSY", hint: TRY_AGAIN },
  "57014": { code: "TIMEOUT", hint: "The statement took too long, and was cancelled by the server." },
  "57": { code: "UNAVAILABLE", outcome: "unknown", hint: UNREACHABLE },
  "58": { code: "IO", outcome: "unknown", hint: "The server failed to read or write its files." },
  XX001: { code: "CORRUPT", hint: "The server reports damaged data." },
  XX002: { code: "CORRUPT", hint: "The server reports a damaged index." },
  // Also what some poolers answer with when they have lost their server.
  XX: {
    code: "INTERNAL",
    outcome: "unknown",
    retryable: true,
    hint: "The server, or a pooler, reports a fault of its own.",
  },
};

/** Errors of the network when there was no connection to send anything over, by Node's `code`. */
const UNCONNECTED: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENOENT"]);

/** Errors of the network that may also end a connection. */
const DISCONNECTED: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * PostgreSQL's or the network's refusal as a `StorageError` (rule S13). Its cause keeps the code and the server's routine, and
 * nothing else: the server's texts may quote a document (rule S17).
 *
 * @param sent whether the statement may have reached the server; if not, nothing was written
 */
export function postgresError(backend: string, error: unknown, sent: boolean): StorageError {
  if (StorageError.is(error)) return error;
  const state = (error as { code?: unknown } | null)?.code;
  const meaning = typeof state === "string" ? meaningOf(state) : undefined;
  const lost = meaning ?? LOST;
  const outcome = sent ? (lost.outcome ?? "not-written") : "not-written";
  return new StorageError(`${backend}: ${describe(state)}`, {
    code: lost.code,
    outcome,
    ...(lost.retryable === undefined ? {} : { retryable: lost.retryable }),
    backend,
    hint: lost.hint,
    cause: withoutTexts(error),
  });
}

/** pg tells of a lost connection in words only. */
const LOST: Meaning = { code: "UNAVAILABLE", outcome: "unknown", hint: UNREACHABLE };
const NEVER_THERE: Meaning = { code: "UNAVAILABLE", hint: UNREACHABLE };

function meaningOf(state: string): Meaning | undefined {
  if (UNCONNECTED.has(state)) return NEVER_THERE;
  if (DISCONNECTED.has(state)) return LOST;
  if (!isSqlState(state)) return undefined;
  return (
    BY_STATE[state] ??
    BY_STATE[state.slice(0, 2)] ?? { code: "INTERNAL", hint: "See the SQLSTATE in the cause." }
  );
}

/** Whether a driver's `code` is a SQLSTATE, rather than one of Node's such as `EPIPE`. */
export function isSqlState(code: string): boolean {
  return /^[0-9FHPX][0-9A-Z]{4}$/.test(code);
}

function describe(state: unknown): string {
  if (typeof state !== "string") return "the connection was lost";
  return isSqlState(state)
    ? `PostgreSQL answered SQLSTATE ${state}`
    : `the server cannot be reached (${state})`;
}

function withoutTexts(error: unknown): Error {
  const { code, severity, routine } = (error ?? {}) as Record<string, unknown>;
  return Object.assign(new Error(typeof code === "string" ? code : "connection lost"), {
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof severity === "string" ? { severity } : {}),
    ...(typeof routine === "string" ? { routine } : {}),
  });
}
