import { setTimeout } from "node:timers/promises";

import type { StorageModule } from "@gati-framework/storage";
import { createMysqlStorage, type MysqlStorageOptions } from "@gati-framework/storage-mysql";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { createPool as createPromisePool } from "mysql2/promise";
import { describe, onTestFinished } from "vitest";

import { absent } from "../backends/absent.js";
import { startProxy, type Proxy } from "../faults/proxy.js";
import { createDatabase, mysqlUrl, query, type TestDatabase } from "./server/server.js";

export { expectRefusal, refusal } from "../support/calls.js";
export { gtype, manifest } from "../support/documents.js";
export { withUrl } from "../support/urls.js";

const found = await mysqlUrl();

/** The server to test on. Undefined where none answers, which the end of the run tells; in CI that is a failure. */
export function mysqlToTest(): string | undefined {
  if (found === undefined) absent("mysql");
  return found;
}

/** Describes what is proved on MySQL or MariaDB. Where no server answers its tests are skipped, and shown as skipped. */
export function describeMysql(what: string, tests: (server: string) => void): void {
  const server = mysqlToTest();
  describe.skipIf(server === undefined)(`${what}, on MySQL or MariaDB`, () => tests(server ?? ""));
}

/** A database of the running test's own, dropped when it ends. */
export async function freshDatabase(server: string): Promise<TestDatabase> {
  const database = await createDatabase(server);
  onTestFinished(() => database.drop());
  return database;
}

/** A storage that is shut down when the running test ends. */
export function openMysql(options: MysqlStorageOptions): StorageModule {
  const module = createMysqlStorage(options);
  onTestFinished(() => module.shutdown());
  return module;
}

/** A proxy in front of a database, closed when the running test ends. */
export async function proxied(url: string): Promise<{ proxy: Proxy; connectionString: string }> {
  const proxy = await startProxy(url);
  onTestFinished(() => proxy.close());
  const target = new URL(url);
  target.port = String(proxy.port);
  return { proxy, connectionString: target.href };
}

/** Waits until a statement on the server answers with rows, for ten seconds at most. */
export async function untilRows(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const rows = await query(url, sql, values);
    if (rows.length > 0) return rows;
    if (performance.now() > deadline) throw new Error(`no row within ten seconds: ${sql}`);
    // InnoDB's tables are a copy, made anew only when nobody has looked for a tenth of a second.
    await setTimeout(150);
  }
}

/** Ends every connection to a database but the one that asks, and says how many there were. */
export async function killConnections(server: string, database: string): Promise<number> {
  const rows = await query(
    server,
    "select id from information_schema.processlist where db = ? and id <> connection_id()",
    [database],
  );
  for (const { id } of rows) {
    // One that has just ended by itself is as good.
    await query(server, `kill ${Number(id)}`).catch(() => {});
  }
  return rows.length;
}

/** A row as a storage reads it: text is kept as bytes. */
export function withTexts(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString() : value]),
  );
}

/** A way to reach a server: with a pool of ours, with one of the user's, or through Kysely. */
export interface Way {
  readonly name: string;
  /** Whether a document is sent as text, two digits a byte. */
  readonly bytesAsText?: boolean;
  options(url: string): MysqlStorageOptions;
}

export const WAYS: readonly Way[] = [
  { name: "a connection string", options: (connectionString) => ({ connectionString }) },
  {
    name: "a pool whose settings are all odd",
    options(uri) {
      const pool = createPool({
        uri,
        charset: "latin1_swedish_ci",
        timezone: "+05:30",
        rowsAsArray: true,
        nestTables: "_",
        typeCast: () => "cast",
        bigNumberStrings: true,
        supportBigNumbers: true,
        dateStrings: true,
        namedPlaceholders: true,
        flags: ["-FOUND_ROWS"],
      });
      const modes =
        "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,IGNORE_SPACE,NO_AUTO_VALUE_ON_ZERO,PAD_CHAR_TO_FULL_LENGTH";
      pool.on("connection", (connection) => {
        connection.query(`set session sql_mode = '${modes}', time_zone = '-08:00', autocommit = 1`, () => {});
      });
      onTestFinished(() => pool.promise().end());
      return { pool };
    },
  },
  {
    name: "a pool of promises",
    options(uri) {
      const pool = createPromisePool({ uri });
      onTestFinished(() => pool.end());
      return { pool };
    },
  },
  {
    name: "a Kysely",
    bytesAsText: true,
    options(uri) {
      const db = new Kysely({ dialect: new MysqlDialect({ pool: createPool({ uri }) }) });
      onTestFinished(() => db.destroy());
      return { db };
    },
  },
];
