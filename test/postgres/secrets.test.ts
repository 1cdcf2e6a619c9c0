import { inspect } from "node:util";

import { StorageError } from "@gati-framework/storage-kit";
import { createPostgresStorage, type PostgresStorageOptions } from "@gati-framework/storage-postgres";
import { Client, Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "./server/servers.js";
import { expectRefusal, freshSchema, gtype, manifest, openPostgres, refusal, withUrl } from "./support.js";

const PASSWORD = "pa55-xyzzy";
const DOCUMENT = "document-xyzzy";
const HOST = "host-xyzzy";

/** Everything that a log could make of a value, to any depth. */
function everythingShown(value: unknown): string {
  const deep = { depth: 20, showHidden: true, getters: true } as const;
  const parts = [inspect(value, deep), inspect(value), String(value), JSON.stringify(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.stack ?? "", error.message, JSON.stringify(error), inspect(error, deep));
    parts.push(JSON.stringify(Object.getOwnPropertyNames(error).map((name) => (error as never)[name])));
  }
  return parts.join("\n");
}

function expectSecretsKept(value: unknown): void {
  const shown = everythingShown(value);
  expect(shown).not.toMatch(/xyzzy/i);
  expect(shown).not.toMatch(/postgres(ql)?:\/\//);
}

function refuse(options: unknown): StorageError {
  try {
    createPostgresStorage(options as PostgresStorageOptions);
  } catch (error) {
    if (StorageError.is(error)) return error;
  }
  throw new Error(`not refused: ${inspect(options)}`);
}

describe("S16: options that cannot be meant", () => {
  test.each([
    `postgres:user:${PASSWORD}@host/db`,
    `postgres://user:${PASSWORD}#x@host/db`,
    `postgres://user:${PASSWORD}%zz@host/db`,
    `postgres://user:${PASSWORD}@host:port/db`,
    `postgres://user:${PASSWORD}@ho st/db`,
    `mysql://user:${PASSWORD}@host/db`,
    `host=${HOST} password=${PASSWORD}`,
    `${PASSWORD}`,
    "",
    " ",
    "postgres://",
    7,
    null,
    { password: PASSWORD },
  ])("connection string %#", (connectionString) => {
    const error = refuse({ connectionString });
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
    const error = refuse(options);
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

  test("by the module: new, open, failed, shut down", async () => {
    const module = openPostgres({ connectionString: secretUrl(), schema: freshSchema(url) });
    expectSecretsKept(module);
    await module.exports.storeGType(gtype("a", { text: DOCUMENT }));
    expectSecretsKept(module);
    expectSecretsKept(module.exports);
    await module.shutdown();
    expectSecretsKept(module);
    const failed = openPostgres({ connectionString: `postgres://u:${PASSWORD}@127.0.0.1:1/d` });
    expectSecretsKept(await refusal(() => failed.init()));
    expectSecretsKept(failed);
  });

  test.each([
    ["an unknown host", (target: URL) => void (target.hostname = `${HOST}.invalid`)],
    ["an unknown user", (target: URL) => void (target.username = "user-xyzzy")],
    ["a missing database", (target: URL) => void (target.pathname = "/database-xyzzy")],
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

  test("by an error that the server explains with the row: unique violation, check, raised text, oversize", async () => {
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

  test("by an error of a killed connection, and of the user's own pool", async () => {
    const schema = freshSchema(url);
    const pool = new Pool({
      connectionString: secretUrl((target) => void (target.search = `application_name=${schema}`)),
    });
    onTestFinished(() => pool.end());
    const module = openPostgres({ pool, schema });
    await module.exports.storeGType(gtype("held"));
    const holder = new Client({ connectionString: url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query(`begin; select * from "${schema}".gati_gtype for update`);
    const refused = expectRefusal(
      () => module.exports.storeGType(gtype("held", { text: DOCUMENT })),
      "UNAVAILABLE",
    );
    const kill =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'";
    while ((await query(url, kill, [schema])).length === 0);
    expectSecretsKept(await refused);
    expectSecretsKept(module);
  });
});
