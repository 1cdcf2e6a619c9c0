import { isOneOf, isWholeNumber } from "../options/checks.js";
import { invalidOption, type OptionCheck, type OptionChecks } from "../options/options.js";
import { isTimeout } from "./is-timeout.js";

/** What every storage on a server may be told. */
export interface ServerOptions {
  /**
   * `'auto'`, the default: creates what is missing, and upgrades what an earlier release has made. `'verify'`: creates nothing and
   * refuses with what is missing, for users that may not create tables. `'off'`: creates nothing and does not look.
   */
  readonly migrate?: "auto" | "verify" | "off";
  /** Milliseconds that a call may wait for earlier ones, and then for its answer; after that it fails with `TIMEOUT`. 10000 unless given. */
  readonly timeout?: number;
  /** Milliseconds until an attempt to connect, or to get a free connection, fails; 5000 unless given. */
  readonly connectTimeout?: number;
  /** How many connections a pool of ours has at most; 4 unless given. */
  readonly poolSize?: number;
}

/** The same, with their defaults. */
export type ServerSettings = Required<ServerOptions>;

export const SERVER_CHECKS: OptionChecks<ServerOptions> = {
  migrate: isOneOf("auto", "verify", "off"),
  timeout: isTimeout,
  connectTimeout: isTimeout,
  poolSize: isWholeNumber(1, 1_000, "is not a number of connections"),
};

/** Options that have passed their checks, with the defaults. */
export function serverSettings({
  migrate = "auto",
  timeout = 10_000,
  connectTimeout = 5_000,
  poolSize = 4,
}: ServerOptions): ServerSettings {
  return { migrate, timeout, connectTimeout, poolSize };
}

/** Milliseconds after which the server gives a statement up: before its caller does, so that nothing lands late. */
export function statementTimeout({ timeout }: Pick<ServerSettings, "timeout">): number {
  return Math.ceil(timeout - Math.min(500, timeout / 4));
}

/** Ways to reach a server, of which a storage takes one. */
const SOURCES = ["connectionString", "pool", "db"] as const;

/** Refuses options that name no way to reach the server, or more than one. `pool` says whose pool is meant, such as `a pg`. */
export function checkSource(
  backend: string,
  options: Readonly<Partial<Record<(typeof SOURCES)[number], unknown>>>,
  pool: string,
): void {
  const [first, second] = SOURCES.filter((name) => options[name] !== undefined);
  if (first !== undefined && second === undefined) return;
  throw invalidOption(
    backend,
    first ?? "connectionString",
    second === undefined ? "is missing" : `excludes \`${second}\``,
    `Pass one of \`connectionString\`, ${pool} \`pool\`, or a Kysely as \`db\`.`,
  );
}

/** A Kysely, of whichever version. */
export const isKysely: OptionCheck = (value, name, backend) => {
  const db = value as Partial<Record<"executeQuery" | "connection" | "transaction", unknown>> | null;
  const methods = typeof db === "object" ? [db?.executeQuery, db?.connection, db?.transaction] : [];
  if (methods.length === 0 || methods.some((method) => typeof method !== "function")) {
    throw invalidOption(backend, name, "is not a Kysely", "Pass what `new Kysely(config)` returned.");
  }
};
