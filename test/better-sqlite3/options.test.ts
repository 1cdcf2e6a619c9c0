import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import type { StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal } from "./support.js";

type Options = NonNullable<Parameters<typeof createBetterSqliteStorage>[0]>;

/** Something that no error may repeat (rule S17). */
const SECRET = "hunter2-topsecret";

const promisesOf = (options: Options): unknown => createBetterSqliteStorage(options).capabilities;

async function invalid(options: unknown): Promise<StorageError> {
  const error = await expectRefusal(() => createBetterSqliteStorage(options as Options), "INVALID_OPTION");
  expect(error.hint).toBeTruthy();
  expect(`${error.message} ${error.hint} ${JSON.stringify(error)} ${error.stack}`).not.toContain(SECRET);
  return error;
}

async function expectInvalid(options: unknown): Promise<void> {
  await invalid(options);
}

describe("S16, S17: options are checked when the storage is created, and refused without repeating them", () => {
  test.each([
    ["fileName", "filename"],
    ["filname", "filename"],
    ["databse", "database"],
    ["sychronous", "synchronous"],
    ["busytimeout", "busyTimeout"],
    ["table_prefix", "tablePrefix"],
    ["migrat", "migrate"],
    ["cach", "cache"],
  ])("unknown option %s: did you mean %s?", async (given, meant) => {
    const error = await invalid({ [given]: SECRET });
    expect(error.message).toContain(given);
    expect(error.message).toContain(`did you mean \`${meant}\`?`);
  });

  test("an unknown option near to none names none", async () => {
    const error = await invalid({ filename: ":memory:", zzzzzzzz: SECRET });
    expect(error.message).not.toContain("did you mean");
  });

  test.each([[null], ["a string"], [[]], [42]])("options that are no object: %j", (options) =>
    expectInvalid(options),
  );

  test.each([
    "",
    " ",
    "\t\n",
    ` ${SECRET}`,
    `${SECRET} `,
    `${SECRET}\0.db`,
    `file:${SECRET}`,
    `FILE:${SECRET}?mode=memory`,
    ":odd:",
    ":MEMORY:",
    ":",
    `${SECRET}/`,
    "/",
    42,
    null,
    {},
    Buffer.from(SECRET),
  ])("filename %j", (filename) => expectInvalid({ filename }));

  test("neither filename nor database, and both", async () => {
    await expectInvalid(undefined);
    await expectInvalid({});
    await expectInvalid({ filename: undefined });
    const database = new Database(":memory:");
    await expectInvalid({ filename: SECRET, database });
    database.close();
  });

  test("a database that is closed, or none", async () => {
    const database = new Database(":memory:");
    database.close();
    await expectInvalid({ database });
    for (const other of [null, SECRET, {}, { prepare: true }, () => {}])
      await expectInvalid({ database: other });
  });

  test("settings of a connection, on a database of the user's", async () => {
    const database = new Database(":memory:");
    await expectInvalid({ database, synchronous: "full" });
    await expectInvalid({ database, busyTimeout: 10 });
    database.close();
  });

  test.each([
    "",
    "9lives_",
    "Gati_",
    "a b",
    "a-b",
    "sqlite_x",
    'x"; drop table gati_meta; --',
    "x'",
    "x\0",
    "ж_",
    "x".repeat(17),
    "a\n",
    5,
    null,
  ])("tablePrefix %j (S18)", (tablePrefix) => expectInvalid({ filename: ":memory:", tablePrefix }));

  test.each(["off", "FULL", "extra", "full; pragma x", true, 2, null])("synchronous %j", (synchronous) =>
    expectInvalid({ filename: ":memory:", synchronous }),
  );

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5000", 86_400_001, null, 10n])(
    "busyTimeout %s",
    (busyTimeout) => expectInvalid({ filename: ":memory:", busyTimeout }),
  );

  test.each(["yes", true, "AUTO", null])("migrate %j", (migrate) =>
    expectInvalid({ filename: ":memory:", migrate }),
  );

  test.each([
    ["a number", 100, "option `cache` must be true, false or an object"],
    ["null", null, "option `cache` must be true, false or an object"],
    ["a list", [], "option `cache` must be true, false or an object"],
    ["no entries", { maxEntries: 0 }, "option `maxEntries` is not a number of entries"],
    ["half an entry", { maxEntries: 1.5 }, "option `maxEntries` is not a number of entries"],
    ["too many", { maxEntries: 1_000_001 }, "option `maxEntries` is not a number of entries"],
    ["bytes as text", { maxBytes: SECRET }, "option `maxBytes` is not a number of bytes"],
    ["a slip", { maxEntrys: 5 }, "unknown option `maxEntrys`; did you mean `maxEntries`?"],
    ["another backend's", { maxStale: 5 }, "unknown option `maxStale`"],
  ])("cache: %s", async (_, cache, message) => {
    const error = await invalid({ filename: ":memory:", cache });
    expect(error.message).toBe(`better-sqlite3: ${message}`);
  });

  test("a cache on a database of the user's, whose other writes nobody tells", async () => {
    const database = new Database(":memory:");
    const error = await invalid({ database, cache: true });
    expect(error.message).toBe(
      "better-sqlite3: option `cache` cannot follow what else is written through a `database` of yours",
    );
    const module = createBetterSqliteStorage({ database, cache: false });
    await module.init();
    await module.shutdown();
    database.close();
  });

  test("undefined counts as not given; inherited and polluted options do not count", async () => {
    const filename = path.join(tempFolder(), "plain.db");
    const inherited = Object.assign(Object.create({ synchronous: SECRET }), {
      filename,
      busyTimeout: undefined,
      tablePrefix: undefined,
    }) as Options;
    const module = createBetterSqliteStorage(inherited);
    await module.init();
    await module.shutdown();
  });

  test("migrate 'verify' and 'off' create nothing", async () => {
    for (const migrate of ["verify", "off"] as const) {
      const filename = path.join(tempFolder(), "missing.db");
      await expectRefusal(() => createBetterSqliteStorage({ filename, migrate }).init(), "SCHEMA_MISMATCH");
      expect(fs.readdirSync(path.dirname(filename))).toEqual([]);
    }
  });

  test("what the capabilities promise", () => {
    const database = new Database(":memory:");
    const no = { durable: false, shared: false, opensSynchronously: true };
    expect(promisesOf({ filename: ":memory:" })).toEqual(no);
    expect(promisesOf({ database })).toEqual(no);
    expect(promisesOf({ filename: "some.db" })).toEqual({
      durable: true,
      shared: true,
      opensSynchronously: true,
    });
    database.close();
  });
});
