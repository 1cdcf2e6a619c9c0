import { inspect } from "node:util";

import { StorageError } from "@gati-framework/storage-kit";
import { createMysqlStorage, type MysqlStorageOptions } from "@gati-framework/storage-mysql";
import { createPool } from "mysql2";
import { describe, expect, onTestFinished, test } from "vitest";

import { query } from "./server/server.js";
import {
  expectRefusal,
  freshDatabase,
  gtype,
  killConnections,
  manifest,
  mysqlServers,
  openMysql,
  refusal,
  untilRows,
  withUrl,
} from "./support.js";

const PASSWORD = "pa55-xyzzy";
const DOCUMENT = "document-xyzzy";

/** Everything that a log could make of a value, to any depth. */
function everythingShown(value: unknown): string {
  const deep = { depth: 20, showHidden: true, getters: true } as const;
  const parts = [inspect(value, deep), inspect(value), String(value), JSON.stringify(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.stack ?? "", error.message, JSON.stringify(error), inspect(error, deep));
  }
  return parts.join("\n");
}

function expectSecretsKept(value: unknown): void {
  const shown = everythingShown(value);
  expect(shown).not.toMatch(/xyzzy/i);
  expect(shown).not.toMatch(/mysql:\/\//);
}

function refuse(options: unknown): StorageError {
  try {
    createMysqlStorage(options as MysqlStorageOptions);
  } catch (error) {
    if (StorageError.is(error)) return error;
  }
  throw new Error(`not refused: ${inspect(options)}`);
}

describe("S16: options that cannot be meant", () => {
  test.each([
    [`mysql:user:${PASSWORD}@host/db`, "is not a MySQL connection string"],
    [`mysql://user:${PASSWORD}%zz@host/db`, "is not a MySQL connection string"],
    [`mysql://user:${PASSWORD}@host:port/db`, "is not a MySQL connection string"],
    [`postgres://user:${PASSWORD}@host/db`, "is not a MySQL connection string"],
    [PASSWORD, "is not a MySQL connection string"],
    ["", "is not a MySQL connection string"],
    [7, "is not a MySQL connection string"],
    [null, "is not a MySQL connection string"],
    [`mysql://user:${PASSWORD}@host`, "names no database"],
    [`mysql://user:${PASSWORD}@host/`, "names no database"],
    [`mysql://user:${PASSWORD}@host/db?debug=true`, "has an unknown parameter"],
    [`mysql://user:${PASSWORD}@host/db?xyzzy=1`, "has an unknown parameter"],
  ])("connection string %#", (connectionString, problem) => {
    const error = refuse({ connectionString });
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
    expect(error.message).toContain(`\`connectionString\` ${problem}`);
    expect(everythingShown(error)).not.toMatch(/xyzzy/i);
  });

  const connectionString = "mysql://h/d";
  test.each([
    [{}, /`connectionString` is missing/],
    [undefined, /`connectionString` is missing/],
    [
      { connectionstring: `mysql://u:${PASSWORD}@h/d` },
      /`connectionstring`; did you mean `connectionString`/,
    ],
    [{ connectionString, db: {} }, /`db` is not a Kysely/],
    [{ pool: {} }, /`pool` is not a mysql2 pool/],
    [{ pool: { pool: null } }, /`pool` is not a mysql2 pool/],
    [{ pool: null }, /`pool` is not a mysql2 pool/],
    [{ connectionString, pool: createPool({}) }, /excludes `pool`/],
    [{ connectionString, schema: "x" }, /unknown option `schema`/],
    [{ connectionString, tablePrefix: "g`" }, /`tablePrefix` is not a safe start/],
    [{ connectionString, migrate: "always" }, /`migrate` has an unknown value/],
    [{ connectionString, timeout: 0 }, /`timeout` leaves no time/],
    [{ connectionString, connectTimeout: -1 }, /`connectTimeout` must be a whole number/],
    [{ connectionString, poolSize: 0 }, /`poolSize` is not a number of connections/],
  ])("%#: %s", (options, message) => {
    const error = refuse(options);
    expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
    expect(everythingShown(error)).not.toMatch(/xyzzy/i);
  });
});

describe.each(await mysqlServers())("S17: no secret is shown, on MySQL or MariaDB", ({ server }) => {
  /** A user with a password, who may do everything in one database. */
  async function secretUrl(): Promise<{ url: string; name: string; user: string }> {
    const { url, name } = await freshDatabase(server);
    const user = name.slice(-20);
    await query(
      server,
      `create user '${user}'@'%' identified by '${PASSWORD}'; grant all on \`${name}\`.* to '${user}'@'%'`,
    );
    onTestFinished(async () => {
      await query(server, `drop user '${user}'@'%'`);
    });
    const secret = withUrl(url, (target) => {
      target.username = user;
      target.password = PASSWORD;
    });
    return { url: secret, name, user };
  }

  test("by the module: new, open, failed, shut down", async () => {
    const { url } = await secretUrl();
    const module = openMysql({ connectionString: url });
    expectSecretsKept(module);
    await module.exports.storeGType(gtype("a", { text: DOCUMENT }));
    expectSecretsKept(module);
    expectSecretsKept(module.exports);
    await module.shutdown();
    expectSecretsKept(module);
  });

  test.each([
    ["nobody listens", (target: URL) => void (target.port = "1"), true],
    ["an unknown host", (target: URL) => void (target.hostname = "host-xyzzy.invalid"), true],
    ["a wrong password", (target: URL) => void (target.password = `other-${PASSWORD}`), false],
    ["an unknown user", (target: URL) => void (target.username = "user-xyzzy"), false],
    ["a missing database", (target: URL) => void (target.pathname = "/database-xyzzy"), false],
    ["no TLS to be had", (target: URL) => void (target.search = 'ssl={"ca":"xyzzy"}'), undefined],
  ])("by an error: %s", async (_, change, retryable) => {
    const { url } = await secretUrl();
    const module = openMysql({ connectionString: withUrl(url, change) });
    const error = await refusal(() => module.exports.storeGType(gtype("a", { text: DOCUMENT })));
    expect(error).toMatchObject({
      outcome: "not-written",
      code: expect.stringMatching(/UNAVAILABLE|INVALID_OPTION/),
    });
    if (retryable !== undefined) expect(error.retryable).toBe(retryable);
    expectSecretsKept(error);
    expectSecretsKept(module);
  });

  test("by an error that the server explains with the row: a unique value, a raised text", async () => {
    const { url } = await secretUrl();
    const { exports: storage } = openMysql({ connectionString: url });
    await storage.storeGType(gtype("first", { text: DOCUMENT }));
    const store = (): Promise<void> => storage.storeGType(gtype("second", { text: DOCUMENT }));
    await query(
      server.replace(/\/[^/]*$/, new URL(url).pathname),
      `create trigger blocked before insert on gati_gtype for each row
         signal sqlstate '45000' set message_text = 'document-xyzzy', mysql_errno = 1062`,
    );
    const conflict = await expectRefusal(store, "CONFLICT");
    expect(conflict).toMatchObject({ outcome: "not-written", cause: { errno: 1062 } });
    expectSecretsKept(conflict);
    const batch = await Promise.allSettled([store(), storage.storeManifest(manifest("fine")), store()]);
    expect(batch.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    for (const one of batch) expectSecretsKept(one.status === "rejected" ? one.reason : undefined);
  });

  test("by an error of a killed connection, and of the user's own pool", async () => {
    const { url, name } = await secretUrl();
    const pool = createPool({ uri: url });
    onTestFinished(() => pool.promise().end());
    const module = openMysql({ pool });
    await module.exports.storeGType(gtype("held"));
    const holder = await createPool({ uri: server, connectionLimit: 1 }).promise().getConnection();
    await holder.query("start transaction");
    await holder.query(`select * from \`${name}\`.gati_gtype for update`);
    const refused = expectRefusal(
      () => module.exports.storeGType(gtype("held", { text: DOCUMENT })),
      "UNAVAILABLE",
    );
    await untilRows(server, "select 1 from information_schema.innodb_trx where trx_state = 'LOCK WAIT'");
    await killConnections(server, name);
    expectSecretsKept(await refused);
    expectSecretsKept(module);
    holder.destroy();
  });
});
