import { inspect } from "node:util";

import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { Pool } from "pg";
import { describe, expect, test } from "vitest";

import { DOCUMENT, everythingShown, expectSecretsKept, PASSWORD, refusedBy } from "../servers/secrets.js";
import { query, testServers } from "./server/servers.js";
import { expectRefusal, freshSchema, gtype, manifest, openPostgres, withUrl } from "./support.js";

describe("S16: options that cannot be meant", () => {
  test.each([
    `postgres:user:${PASSWORD}@host/db`,
    `postgres://user:${PASSWORD}#x@host/db`,
    `postgres://user:${PASSWORD}%zz@host/db`,
    `postgres://user:${PASSWORD}@host:port/db`,
    `postgres://user:${PASSWORD}@ho st/db`,
    `mysql://user:${PASSWORD}@host/db`,
    `host=host-xyzzy password=${PASSWORD}`,
    `${PASSWORD}`,
    "",
    " ",
    "postgres://",
    7,
    null,
    { password: PASSWORD },
  ])("connection string %#", (connectionString) => {
    const error = refusedBy(createPostgresStorage, { connectionString });
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain("`connectionString`");
    expect(`${inspect(error)} ${error.stack}`).not.toMatch(/xyzzy/i);
  });

  test.each([
    [{}, /`connectionString` is missing/],
    [undefined, /`connectionString` is missing/],
    [
      { connectionstring: `postgres://u:${PASSWORD}@h/d` },
      /`connectionstring`; did you mean `connectionString`/,
    ],
    [{ connectionString: "postgres://h/d", pool: new Pool() }, /excludes `pool`/],
    [{ pool: {} }, /`pool` is not a pg pool/],
    [{ pool: null }, /`pool` is not a pg pool/],
    [{ db: {} }, /`db` is not a Kysely/],
    [{ connectionString: "postgres://h/d", schema: 'x"; drop table y; --' }, /`schema` is not a safe name/],
    [{ connectionString: "postgres://h/d", schema: "pg_catalog" }, /`schema` is not a safe name/],
    [{ connectionString: "postgres://h/d", tablePrefix: 'g"' }, /`tablePrefix` is not a safe start/],
    [{ connectionString: "postgres://h/d", migrate: "always" }, /`migrate` has an unknown value/],
    [{ connectionString: "postgres://h/d", timeout: 0 }, /`timeout` leaves no time/],
    [{ connectionString: "postgres://h/d", timeout: "5" }, /`timeout` must be a whole number/],
    [{ connectionString: "postgres://h/d", connectTimeout: -1 }, /`connectTimeout` must be a whole number/],
    [{ connectionString: "postgres://h/d", poolSize: 0 }, /`poolSize` is not a number of connections/],
  ])("%#: %s", (options, message) => {
    const error = refusedBy(createPostgresStorage, options);
    expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
    expect(everythingShown(error)).not.toMatch(/xyzzy/i);
  });
});

describe.each(await testServers())("S17: no secret is shown, on $name", ({ url }) => {
  const secretUrl = (change: (target: URL) => void = () => {}): string =>
    withUrl(url, (target) => {
      target.password = PASSWORD;
      change(target);
    });

  test.each([
    [
      "an impossible certificate",
      (target: URL) => void (target.search = "sslmode=verify-full&sslrootcert=/no/such/file-xyzzy"),
    ],
    ["no TLS to be had", (target: URL) => void (target.search = "sslmode=no-verify")],
  ])("by an error: %s", async (_, change) => {
    const module = openPostgres({ connectionString: secretUrl(change) });
    const error = await expectRefusal(
      () => module.exports.storeGType(gtype("a", { text: DOCUMENT })),
      "UNAVAILABLE",
    );
    expectSecretsKept(error);
    expectSecretsKept(module);
  });

  test("by an error that the server explains with the row: unique violation, check, raised text", async () => {
    const schema = freshSchema(url);
    const { exports: storage } = openPostgres({ connectionString: secretUrl(), schema });
    await storage.storeGType(gtype("first", { text: DOCUMENT }));
    const store = (): Promise<void> => storage.storeGType(gtype("second", { text: DOCUMENT }));

    await query(url, `create unique index blocked on "${schema}".gati_gtype ((left(data, 5)))`);
    const unique = await expectRefusal(store, "CONFLICT");
    expect(unique).toMatchObject({ outcome: "not-written", cause: { code: "23505" } });
    expectSecretsKept(unique);

    await query(
      url,
      `drop index "${schema}".blocked; alter table "${schema}".gati_gtype add check (ref <> 'second')`,
    );
    expectSecretsKept(await expectRefusal(store, "CONFLICT"));

    await query(
      url,
      `create function "${schema}".shout() returns trigger language plpgsql as $$ begin raise exception '%', new.data; end $$;
       create trigger shout before insert on "${schema}".gati_gtype for each row execute function "${schema}".shout()`,
    );
    expectSecretsKept(await expectRefusal(store, "INTERNAL"));
    const batch = await Promise.allSettled([store(), storage.storeManifest(manifest("fine")), store()]);
    expect(batch.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    for (const one of batch) expectSecretsKept(one.status === "rejected" ? one.reason : undefined);
  });
});
