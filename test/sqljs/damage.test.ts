/* oxlint-disable no-await-in-loop -- one damage after the other */
import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, folderContent, gtype, newFile, open, refusal } from "./support.js";

const PAGE = 4096;

async function goodFile(): Promise<string> {
  const filename = newFile();
  const module = open({ filename });
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      module.exports.storeGType(gtype(`r${n}`, { body: "x".repeat(n * 20) })),
    ),
  );
  await module.shutdown();
  return filename;
}

/** Opens what must be refused, and left as it is: the folder, too. */
async function expectUntouched(filename: string, ...codes: string[]): Promise<void> {
  const before = fs.statSync(filename).isFile() ? folderContent(path.dirname(filename)) : {};
  for (const autoSave of [true, false]) {
    const error = await refusal(() => open({ filename, autoSave }).init());
    expect(codes, error.message).toContain(error.code);
  }
  if (fs.statSync(filename).isFile()) expect(folderContent(path.dirname(filename))).toEqual(before);
}

describe("F7: what is no whole database of ours is refused at open and left untouched", () => {
  test.each<[string, (filename: string) => void, string]>([
    ["an empty file", (file) => fs.writeFileSync(file, ""), "CORRUPT"],
    ["random bytes", (file) => fs.writeFileSync(file, Buffer.alloc(9000, "gibberish")), "CORRUPT"],
    [
      "another program's database",
      (file) => new Database(file).exec("create table t (x)").close(),
      "SCHEMA_MISMATCH",
    ],
    ["a folder", (file) => fs.mkdirSync(file), "SCHEMA_MISMATCH"],
  ])("%s", async (_, make, code) => {
    const filename = newFile();
    make(filename);
    await expectUntouched(filename, code);
  });

  test("a database of a newer release", async () => {
    const filename = await goodFile();
    const database = new Database(filename);
    database.pragma("user_version = 99");
    database.close();
    await expectUntouched(filename, "SCHEMA_MISMATCH");
  });

  test("cut off at each page", async () => {
    const whole = fs.readFileSync(await goodFile());
    for (let length = PAGE; length < whole.length; length += PAGE) {
      const filename = newFile();
      fs.writeFileSync(filename, whole.subarray(0, length));
      await expectUntouched(filename, "CORRUPT");
    }
  });

  test("each page overwritten", async () => {
    const whole = fs.readFileSync(await goodFile());
    for (let at = 0; at < whole.length; at += PAGE) {
      const filename = newFile();
      fs.writeFileSync(filename, Buffer.from(whole).fill(0xa5, at, at + PAGE));
      await expectUntouched(filename, "CORRUPT");
    }
  });
});

describe("F8, F21: logs of SQLite beside the file", () => {
  test.each(["-wal", "-journal"])(
    "a non-empty %s is refused with LOCKED, an empty one is not",
    async (ending) => {
      const filename = await goodFile();
      fs.writeFileSync(filename + ending, "something");
      await expectUntouched(filename, "LOCKED");
      fs.writeFileSync(filename + ending, "");
      await open({ filename }).init();
    },
  );

  test("so is a file that better-sqlite3 has open, before and after it has written, until it has closed", async () => {
    const filename = await goodFile();
    const database = new Database(filename);
    database.pragma("journal_mode = WAL");
    expect(database.prepare(`select count(*) from "gati_gtype"`).pluck().get()).toBe(60);
    const error = await expectRefusal(() => open({ filename }).init(), "LOCKED");
    expect(error.hint).toContain("better-sqlite3");
    database.exec(`insert into "gati_gtype" ("ref", "data") values ('late', '{}')`);
    await expectRefusal(() => open({ filename }).init(), "LOCKED");
    database.close();
    const module = open({ filename });
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(61);
  });

  test("a log that appears while the file is open stops every write", async () => {
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    await module.exports.storeGType(gtype("a"));
    fs.writeFileSync(`${filename}-wal`, "something");
    await expectRefusal(() => module.exports.storeGType(gtype("b")), "LOCKED");
    fs.rmSync(`${filename}-wal`);
    await module.exports.storeGType(gtype("b"));
  });
});

describe("migrate", () => {
  test("'verify' and 'off' create no file, no folder and no tables", async () => {
    for (const migrate of ["verify", "off"] as const) {
      const folder = tempFolder();
      await expectRefusal(
        () => open({ filename: path.join(folder, "sub", "x.db"), migrate }).init(),
        "SCHEMA_MISMATCH",
      );
      expect(fs.readdirSync(folder)).toEqual([]);
      const filename = await goodFile();
      await open({ filename, migrate }).init();
      const other = await goodFile();
      await expectRefusal(
        () => open({ filename: other, migrate, tablePrefix: "other_" }).init(),
        "SCHEMA_MISMATCH",
      );
    }
  });

  test("'auto' adds the tables of another prefix, which survive a crash at once", async () => {
    const filename = await goodFile();
    const module = open({ filename, tablePrefix: "other_", autoSave: true });
    await module.exports.storeGType(gtype("mine"));
    await module.shutdown();
    const database = new Database(filename, { readonly: true });
    const count = (table: string): unknown => database.prepare(`select count(*) from ${table}`).pluck().get();
    expect([count("other_gtype"), count("gati_gtype")]).toEqual([1, 60]);
    database.close();
  });
});
