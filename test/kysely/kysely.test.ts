import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { createKyselyStorage, type KyselyStorageOptions } from "@gati-framework/storage-sql";
import { PGlite } from "@electric-sql/pglite";
import Database from "better-sqlite3";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "../postgres/server/servers.js";
import { doc, expectRefusal, freshSchema, gtype, manifest, settles } from "../postgres/support.js";
import { PGliteDialect } from "./pglite-dialect.js";

function open(options: KyselyStorageOptions): ReturnType<typeof createKyselyStorage> {
  const module = createKyselyStorage(options);
  onTestFinished(() => module.shutdown());
  return module;
}

function onSqlite(): { db: Kysely<unknown>; database: Database.Database } {
  const database = new Database(":memory:");
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  onTestFinished(() => db.destroy());
  return { db, database };
}

async function useAll(module: ReturnType<typeof createKyselyStorage>): Promise<void> {
  const { exports: storage } = module;
  await Promise.all([
    storage.storeManifest(manifest("m", "1", 1.5)),
    storage.storeManifest(manifest("m", "2", 1.5)),
    storage.storeGType(gtype("a", { text: "ä\0\ud800" })),
    storage.storeTransformer(doc({ id: "t", handlerId: "h", fromVersion: "1", toVersion: "2" })),
  ]);
  await storage.storeManifest(manifest("m", "2", 1.5, { again: true }));
  expect((await storage.getManifest("m"))?.version).toBe("1");
  expect(await storage.getAllManifestVersions("m")).toEqual([
    manifest("m", "1", 1.5),
    manifest("m", "2", 1.5, { again: true }),
  ]);
  expect(await storage.getGType("a")).toEqual(gtype("a", { text: "ä\0\ud800" }));
  expect(await storage.getTransformersForVersions("h", "1", "2")).toHaveLength(1);
  expect(storage.getStats()).toMatchObject({ manifestCount: 2, gtypeCount: 1, transformerCount: 1 });
  await storage.clear();
  expect(storage.getStats()).toMatchObject({ manifestCount: 0, gtypeCount: 0, transformerCount: 0 });
  await storage.storeGType(gtype("b"));
  expect(storage.getStats().gtypeCount).toBe(1);
  expect(await module.refreshStats()).toEqual(storage.getStats());
}

describe("PGlite, a PostgreSQL within the process", () => {
  const pglite = new PGlite();
  const db = new Kysely<unknown>({ dialect: new PGliteDialect(pglite) });

  test("as createKyselyStorage, and as createPostgresStorage({ db })", async () => {
    await useAll(open({ db, dialect: "postgres", schema: "one" }));
    const module = createPostgresStorage({ db, schema: "two" });
    onTestFinished(() => module.shutdown());
    await useAll(module);
    await open({ db, dialect: "postgres", schema: "one", migrate: "verify" }).init();
  });

  test("the user's own transaction holds the only session: TIMEOUT, not for ever; works afterwards", async () => {
    const module = open({ db, dialect: "postgres", schema: "one", timeout: 200 });
    await module.init();
    await db.transaction().execute(async () => {
      const settled = await settles(() => module.exports.storeGType(gtype("inside")));
      const late = { reason: { name: "StorageError", code: "TIMEOUT", outcome: "not-written" } };
      expect(settled).toMatchObject(late);
      const batch = await Promise.allSettled([
        module.exports.storeManifest(manifest("x")),
        module.exports.storeManifest(manifest("y")),
        module.exports.storeGType(gtype("z")),
      ]);
      for (const one of batch) expect(one).toMatchObject(late);
    });
    await module.exports.storeGType(gtype("after"));
    expect(await module.exports.getGType("after")).toEqual(gtype("after"));
    expect(await module.exports.getGType("inside"), "what was late does not land").toBeUndefined();
    expect(await module.exports.getManifest("y")).toBeUndefined();
  });

  test("errors are typed by SQLSTATE", async () => {
    const module = open({ db, dialect: "postgres", schema: "one" });
    await module.init();
    await pglite.exec("alter table \"one\".gati_gtype add constraint no_bad check (ref <> 'bad')");
    const error = await expectRefusal(() => module.exports.storeGType(gtype("bad")), "CONFLICT");
    expect(error).toMatchObject({ backend: "kysely", outcome: "not-written", cause: { code: "23514" } });
    const batch = await Promise.allSettled(
      ["c", "bad", "d"].map((ref) => module.exports.storeGType(gtype(ref))),
    );
    expect(batch.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});

describe.each(await testServers())("Kysely's own dialect on $name", ({ url }) => {
  test("works, closes nothing of the user's, and takes the loss of its connections", async () => {
    const schema = freshSchema(url);
    const max = 3;
    const pool = new Pool({ connectionString: `${url}?application_name=${schema}`, max });
    // Kysely leaves it to its user to listen.
    pool.on("error", () => {});
    pool.on("connect", (client) => void client.on("error", () => {}));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    onTestFinished(() => db.destroy());
    const module = open({ db, dialect: "postgres", schema });
    await useAll(module);
    for (let round = 0; round < 5; round++) {
      const writes = Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => module.exports.storeGType(gtype(`${round}.${n}`))),
      );
      // Waits for their end.
      await query(
        url,
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = $1",
        [schema],
      );
      for (const one of await writes) {
        if (one.status === "rejected")
          expect(one.reason).toMatchObject({ name: "StorageError", code: "UNAVAILABLE" });
      }
      // The pool hands out a connection whose end it has not heard of yet: each may cost a call.
      for (let lost = 0; lost < max; lost++) {
        await Promise.allSettled([module.exports.getGType("any")]);
      }
      await module.exports.storeGType(gtype(`after ${round}`));
    }
    await module.shutdown();
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });
});

describe("better-sqlite3 through Kysely's SqliteDialect", () => {
  test("works, and closes nothing of the user's", async () => {
    const { db, database } = onSqlite();
    const module = open({ db, dialect: "sqlite" });
    await useAll(module);
    await module.shutdown();
    expect(database.open).toBe(true);
    const again = open({ db, dialect: "sqlite", migrate: "verify" });
    expect(await again.exports.getGType("b")).toEqual(gtype("b"));
    expect(again.exports.getStats().gtypeCount).toBe(1);
    await expectRefusal(
      () => open({ db, dialect: "sqlite", tablePrefix: "none_", migrate: "verify" }).init(),
      "SCHEMA_MISMATCH",
    );
  });

  test("FACTS 18: within the user's own transaction it is TIMEOUT, not for ever; works afterwards", async () => {
    const { db } = onSqlite();
    const module = open({ db, dialect: "sqlite", timeout: 200 });
    await module.init();
    await db.transaction().execute(async () => {
      const settled = await settles(() => module.exports.storeGType(gtype("inside")));
      expect(settled).toMatchObject({ reason: { name: "StorageError", code: "TIMEOUT" } });
    });
    await module.exports.storeGType(gtype("after"));
    expect(await module.exports.getGType("after")).toEqual(gtype("after"));
  });

  test("a database that is closed, or read-only: typed", async () => {
    const { db, database } = onSqlite();
    const module = open({ db, dialect: "sqlite" });
    await module.exports.storeGType(gtype("a"));
    database.pragma("query_only = on");
    await expectRefusal(() => module.exports.storeGType(gtype("b")), "READ_ONLY");
    database.close();
    const error = await expectRefusal(() => module.exports.storeGType(gtype("b")), "INTERNAL");
    expect(error.backend).toBe("kysely");
  });
});

describe("S16: options", () => {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(":memory:") }) });

  test.each([
    [{}, /`db` is missing/],
    [{ db }, /`dialect` is missing/],
    [{ db: {}, dialect: "sqlite" }, /`db` is not a Kysely/],
    [{ db, dialect: "mysql" }, /`dialect` has an unknown value/],
    [{ db, dialect: "sqlite", tableprefix: "x" }, /did you mean `tablePrefix`/],
    [{ db, dialect: "sqlite", timeout: 0 }, /`timeout` leaves no time/],
  ])("%#", (options, message) => {
    expect(() => createKyselyStorage(options as never)).toThrow(
      expect.objectContaining({
        name: "StorageError",
        code: "INVALID_OPTION",
        message: expect.stringMatching(message),
      }),
    );
  });
});
