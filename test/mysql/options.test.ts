import { createMysqlStorage } from "@gati-framework/storage-mysql";
import { createPool } from "mysql2";
import { describe, expect, test } from "vitest";

import { mysqlServer } from "../servers/mysql.js";
import { DOCUMENT, everythingShown, expectSecretsKept, PASSWORD, refusedBy } from "../servers/secrets.js";
import { describeMysql, expectRefusal, gtype, manifest, openMysql, refusal, withUrl } from "./support.js";

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
    const error = refusedBy(createMysqlStorage, { connectionString });
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
    const error = refusedBy(createMysqlStorage, options);
    expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
    expect(everythingShown(error)).not.toMatch(/xyzzy/i);
  });
});

describeMysql("S17: no secret is shown", (server) => {
  test.each([
    ["a wrong password", (target: URL) => void (target.password = `other-${PASSWORD}`), false],
    ["no TLS to be had", (target: URL) => void (target.search = 'ssl={"ca":"xyzzy"}'), undefined],
  ])("by an error: %s", async (_, change, retryable) => {
    const { options } = await (await mysqlServer(server).place()).withPassword(PASSWORD);
    const module = openMysql({ connectionString: withUrl(options.connectionString, change) });
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
    const place = await mysqlServer(server).place();
    const { exports: storage } = (await place.withPassword(PASSWORD)).open();
    await storage.storeGType(gtype("first", { text: DOCUMENT }));
    const store = (): Promise<void> => storage.storeGType(gtype("second", { text: DOCUMENT }));
    await place.sql(
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
});
