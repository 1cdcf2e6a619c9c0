import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, manifest, refusal } from "./support.js";

/** A database of the user's, with a table of the user's in it. */
function ownDatabase(options: Database.Options = {}): Database.Database {
  const database = new Database(path.join(tempFolder(), "own.db"), options);
  onTestFinished(() => void database.close());
  database.exec("create table song (title text); insert into song values ('one')");
  return database;
}

const SETTINGS = [
  "journal_mode",
  "synchronous",
  "application_id",
  "user_version",
  "trusted_schema",
  "busy_timeout",
  "foreign_keys",
];
const settingsOf = (database: Database.Database): unknown[] =>
  SETTINGS.map((name) => database.pragma(name, { simple: true }));

describe("a database of the user's own", () => {
  test("tables stand beside the user's; settings stay; shutdown leaves it open", async () => {
    const database = ownDatabase();
    database.pragma("user_version = 77");
    const before = settingsOf(database);
    const module = createBetterSqliteStorage({ database, tablePrefix: "mine_" });
    await module.exports.storeManifest(manifest("own"));
    await module.shutdown();
    expect(settingsOf(database)).toEqual(before);
    expect(database.open).toBe(true);
    expect(database.prepare("select title from song").pluck().all()).toEqual(["one"]);
    const tables = database
      .prepare("select name from sqlite_schema where type = 'table'")
      .pluck()
      .all() as string[];
    expect(tables.filter((name) => !name.startsWith("mine_"))).toEqual(["song"]);
    await module.init();
    expect(await module.exports.getManifest("own")).toEqual(manifest("own"));
  });

  test("two storages with two prefixes in one database", async () => {
    const database = ownDatabase();
    const [a, b] = ["a_", "b_"].map((tablePrefix) => createBetterSqliteStorage({ database, tablePrefix }));
    await Promise.all([
      a?.exports.storeManifest(manifest("x", "1", 1)),
      b?.exports.storeManifest(manifest("x", "2", 2)),
    ]);
    await b?.exports.clear();
    expect((await a?.exports.getManifest("x"))?.version).toBe("1");
    expect([a?.exports.getStats().manifestCount, b?.exports.getStats().manifestCount]).toEqual([1, 0]);
  });

  test("a write while the user is inside a transaction: BUSY, not lost in silence", async () => {
    const database = ownDatabase();
    const module = createBetterSqliteStorage({ database });
    await module.init();
    database.exec("begin");
    const single = await expectRefusal(() => module.exports.storeManifest(manifest("single")), "BUSY");
    expect(single).toMatchObject({ retryable: true, outcome: "not-written" });
    await expectRefusal(() => module.exports.clear(), "BUSY");
    const batch = await Promise.allSettled(
      ["1", "2"].map((version) => module.exports.storeManifest(manifest("batch", version))),
    );
    for (const one of batch) expect(one).toMatchObject({ status: "rejected", reason: { code: "BUSY" } });
    database.exec("rollback");
    expect(module.exports.getStats().manifestCount).toBe(0);
    await module.exports.storeManifest(manifest("single"));
    expect(module.exports.getStats().manifestCount).toBe(1);
  });

  test("opened inside a transaction of the user's: BUSY, and later it works", async () => {
    const database = ownDatabase();
    const module = createBetterSqliteStorage({ database });
    database.exec("begin");
    await expectRefusal(() => module.init(), "BUSY");
    database.exec("rollback");
    await module.init();
  });

  test("while the user steps through a query: BUSY, not an internal fault", async () => {
    const database = ownDatabase();
    const module = createBetterSqliteStorage({ database });
    await module.init();
    for (const _ of database.prepare("select * from song").iterate()) {
      const error = await expectRefusal(() => module.exports.storeManifest(manifest("mid")), "BUSY");
      expect(error.outcome).toBe("not-written");
    }
    await module.exports.storeManifest(manifest("mid"));
    expect(module.exports.getStats().manifestCount).toBe(1);
  });

  test("closed by the user while in use: CLOSED, also for getStats", async () => {
    const database = ownDatabase();
    const module = createBetterSqliteStorage({ database });
    await module.init();
    database.close();
    await expectRefusal(() => module.exports.storeManifest(manifest("x")), "CLOSED");
    await expectRefusal(() => module.exports.getManifest("x"), "CLOSED");
    await expectRefusal(() => module.exports.getStats(), "CLOSED");
    expect(await module.healthCheck()).toBe(false);
    await module.shutdown();
  });

  test("a read-only one is refused at open: READ_ONLY", async () => {
    const filename = ownDatabase().name;
    const database = new Database(filename, { readonly: true });
    await expectRefusal(() => createBetterSqliteStorage({ database }).init(), "READ_ONLY");
    database.close();
  });

  test("one that reads integers as bigint still counts in numbers", async () => {
    const database = ownDatabase();
    database.defaultSafeIntegers(true);
    const module = createBetterSqliteStorage({ database });
    await module.exports.storeManifest(manifest("big", "1", 2 ** 53 - 1));
    expect(module.exports.getStats().manifestCount).toBe(1);
    expect(await module.exports.getManifest("big")).toEqual(manifest("big", "1", 2 ** 53 - 1));
  });

  test.each(["verify", "off"] as const)(
    "migrate '%s' on one without our tables: SCHEMA_MISMATCH, nothing created",
    async (migrate) => {
      const database = ownDatabase();
      await expectRefusal(() => createBetterSqliteStorage({ database, migrate }).init(), "SCHEMA_MISMATCH");
      expect(database.prepare("select name from sqlite_schema").pluck().all()).toEqual(["song"]);
      await createBetterSqliteStorage({ database }).init();
      const module = createBetterSqliteStorage({ database, migrate });
      await module.exports.storeManifest(manifest("x"));
      expect(module.exports.getStats().manifestCount).toBe(1);
    },
  );

  test.each([
    ["a table of one of our names", "create table gati_manifest (id)"],
    ["a table that differs in case only", "create table GATI_META (a)"],
    ["a view of one of our names", "create view gati_gtype as select 1 as ref"],
    [
      "a newer version of our tables",
      "create table gati_meta (name, value); insert into gati_meta values ('schema_version', 9)",
    ],
  ])("%s: SCHEMA_MISMATCH, and the database as it was", async (_, statement) => {
    const database = ownDatabase();
    database.exec(statement);
    const schema = (): unknown[] => database.prepare("select name, sql from sqlite_schema").all();
    const before = schema();
    await expectRefusal(() => createBetterSqliteStorage({ database }).init(), "SCHEMA_MISMATCH");
    expect(schema()).toEqual(before);
    expect(database.inTransaction).toBe(false);
  });

  test("S17: an error shows no document", async () => {
    const database = ownDatabase();
    const module = createBetterSqliteStorage({ database });
    await module.exports.storeManifest(manifest("s", "1", 1, { token: "hunter2" }));
    database.prepare('update gati_manifest set data = \'{"token": "hunter2" oops\'').run();
    const error = await refusal(() => module.exports.getManifest("s", "1"));
    expect(error).toMatchObject({ code: "CORRUPT", entity: "manifest", key: ["s", "1"] });
    expect(`${error.message} ${error.stack} ${String(error.cause)} ${error.hint}`).not.toContain("hunter2");
    expect(fs.existsSync(database.name)).toBe(true);
  });
});
