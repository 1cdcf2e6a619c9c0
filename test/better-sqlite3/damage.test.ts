import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { APPLICATION_ID } from "@gati-framework/storage-sql";
import { describe, expect, test } from "vitest";

import { documentOf, KINDS, read, store } from "../faults/children/documents.mjs";
import { killWriter, type Ledger } from "../faults/kill-rounds.js";
import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, refusal } from "./support.js";

const PAGE = 4096;
const ROWS = 300;
const HEADER = 100;

const digest = (filename: string): string =>
  createHash("sha256").update(fs.readFileSync(filename)).digest("hex");

/** Every file of a folder, with what it holds. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(folder)
      .toSorted()
      .map((name) => [name, digest(path.join(folder, name))]),
  );

/** A database of a few hundred rows, closed. */
async function goodFile(folder: string): Promise<string> {
  const filename = path.join(folder, "good.db");
  const module = createBetterSqliteStorage({ filename });
  await Promise.all(
    Array.from({ length: ROWS }, (_, id) =>
      store(module.exports, KINDS[id % KINDS.length] as string, id, (id % 9) + 1),
    ),
  );
  await module.shutdown();
  return filename;
}

/** The bytes with one of them inverted. */
function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] as number) ^ 0xff;
  return bytes;
}

type Verdict = "refused" | "row refused" | "read otherwise" | "whole";

/**
 * Opens a file, and reads every row if that is let. A refusal at open must leave the file, and its folder, as they were.
 */
async function judge(filename: string): Promise<Verdict> {
  const folder = path.dirname(filename);
  const before = contents(folder);
  const module = createBetterSqliteStorage({ filename, busyTimeout: 0 });
  try {
    await module.init();
  } catch {
    const error = await refusal(() => module.init());
    expect(["CORRUPT", "SCHEMA_MISMATCH"], error.message).toContain(error.code);
    expect(contents(folder)).toEqual(before);
    return "refused";
  }
  try {
    let verdict: Verdict = "whole";
    for (let id = 0; id < ROWS; id++) {
      const kind = KINDS[id % KINDS.length] as string;
      const expected = JSON.stringify(documentOf(kind, id, (id % 9) + 1));
      try {
        const found = await read(module.exports, kind, id);
        if (JSON.stringify(found) !== expected && verdict === "whole") verdict = "read otherwise";
      } catch (error) {
        expect((error as { code?: string }).code).toBe("CORRUPT");
        verdict = "row refused";
      }
    }
    return verdict;
  } finally {
    await module.shutdown();
  }
}

/** Judges a copy of `good` for each change, in a folder of its own. */
async function judgeAll(
  good: string,
  changes: readonly (readonly [name: string, change: (bytes: Buffer) => Buffer])[],
): Promise<Record<string, Verdict>> {
  const bytes = fs.readFileSync(good);
  const verdicts: Record<string, Verdict> = {};
  for (const [name, change] of changes) {
    const folder = fs.mkdtempSync(path.join(path.dirname(good), "case-"));
    const filename = path.join(folder, "case.db");
    fs.writeFileSync(filename, change(Buffer.from(bytes)));
    verdicts[name] = await judge(filename);
    fs.rmSync(folder, { recursive: true });
  }
  return verdicts;
}

const pagesOf = (filename: string): number[] =>
  Array.from({ length: fs.statSync(filename).size / PAGE }, (_, page) => page);

describe(
  "F7, S15: what is damaged or foreign is refused at open, and left byte-identical",
  { timeout: 60_000 },
  () => {
    test("each page overwritten with garbage, or with zeros", async () => {
      const good = await goodFile(tempFolder());
      const pages = pagesOf(good);
      const verdicts = await judgeAll(
        good,
        pages.flatMap((page) => [
          [`garbage in ${page}`, (bytes) => bytes.fill("garbage ", page * PAGE, (page + 1) * PAGE)] as const,
          [`zeros in ${page}`, (bytes) => bytes.fill(0, page * PAGE, (page + 1) * PAGE)] as const,
        ]),
      );
      // An overflow page holds nothing but the middle of a document: its structure is its first four bytes, the next page.
      const accepted = Object.entries(verdicts).filter(([, verdict]) => verdict !== "refused");
      console.log(
        `${accepted.length} of ${pages.length * 2} overwritten pages opened, each with its row refused`,
      );
      for (const [name, verdict] of accepted) expect([name, verdict]).toEqual([name, "row refused"]);
    });

    test("two flipped bytes in each page, one of its header: refused, or the rows answer for themselves", async () => {
      const good = await goodFile(tempFolder());
      const pages = pagesOf(good);
      const verdicts = await judgeAll(
        good,
        pages.flatMap((page) =>
          [page % 8, 8 + ((page * 131) % (PAGE - 8))].map(
            (offset) => [`${page}+${offset}`, (bytes: Buffer) => flip(bytes, page * PAGE + offset)] as const,
          ),
        ),
      );
      const tally: Record<string, number> = {};
      for (const verdict of Object.values(verdicts)) tally[verdict] = (tally[verdict] ?? 0) + 1;
      console.log(`flipped bytes: ${JSON.stringify(tally)}`);
      expect(verdicts["0+0"]).toBe("refused");
      // SQLite has no checksums: a flip inside a value of plain text cannot be seen by anybody. It never hangs or crashes.
      expect(tally["refused"]).toBeGreaterThan(pages.length / 2);
    });

    test("each byte of the header", async () => {
      const good = await goodFile(tempFolder());
      const verdicts = await judgeAll(
        good,
        Array.from({ length: HEADER }, (_, at) => [`byte ${at}`, (bytes: Buffer) => flip(bytes, at)]),
      );
      const opened = Object.entries(verdicts).filter(([, verdict]) => verdict !== "refused");
      console.log(`header bytes that may change: ${opened.map(([name]) => name.slice(5)).join(" ")}`);
      // What opens is what SQLite may ignore (counters, cache sizes, its own version): no row is touched by it.
      for (const [name, verdict] of opened) expect([name, verdict]).toEqual([name, "whole"]);
      for (const at of [0, 15, 16, 18, 19, 21, 59, 60, 63, 68, 71]) {
        expect([at, verdicts[`byte ${at}`]]).toEqual([at, "refused"]);
      }
    });

    test("cut at each page, and within one", async () => {
      const good = await goodFile(tempFolder());
      const verdicts = await judgeAll(
        good,
        pagesOf(good).flatMap((page) => [
          [`${page} pages`, (bytes) => bytes.subarray(0, page * PAGE)] as const,
          [`${page} pages and a half`, (bytes) => bytes.subarray(0, page * PAGE + PAGE / 2)] as const,
        ]),
      );
      expect(new Set(Object.values(verdicts))).toEqual(new Set(["refused"]));
    });

    test.each([
      ["an empty file", Buffer.alloc(0), "CORRUPT"],
      ["zeros", Buffer.alloc(PAGE * 3), "CORRUPT"],
      ["random bytes", createHash("shake256", { outputLength: 20_000 }).update("seed").digest(), "CORRUPT"],
      ["a text", Buffer.from("handlers: []\n".repeat(100)), "CORRUPT"],
      ["the first bytes of SQLite alone", Buffer.from("SQLite format 3\0"), "CORRUPT"],
    ] as const)("%s", async (_, bytes, code) => {
      const folder = tempFolder();
      const filename = path.join(folder, "file.db");
      fs.writeFileSync(filename, bytes);
      const before = contents(folder);
      await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), code);
      expect(contents(folder)).toEqual(before);
    });

    test("a folder", async () => {
      const filename = path.join(tempFolder(), "folder");
      fs.mkdirSync(filename);
      await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), "SCHEMA_MISMATCH");
      expect(fs.readdirSync(filename)).toEqual([]);
    });

    test.each([
      ["without an application id", 0, "wal"],
      ["with one of its own", 0x0f055112, "delete"],
    ])("another program's SQLite, %s", async (_, id, mode) => {
      const folder = tempFolder();
      const filename = path.join(folder, "other.db");
      const other = new Database(filename);
      other.pragma(`journal_mode = ${mode}`);
      other.pragma(`application_id = ${id}`);
      other.exec("create table song (title text)");
      other.close();
      const before = contents(folder);
      await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), "SCHEMA_MISMATCH");
      expect(contents(folder)).toEqual(before);
    });

    test.each([
      ["a newer user_version", "pragma user_version = 99"],
      ["a version that never was", "pragma user_version = 0"],
      ["a negative version", "pragma user_version = -5"],
      ["a newer version in the meta table", "update gati_meta set value = 99 where name = 'schema_version'"],
      ["no meta table", "drop table gati_meta"],
      ["no version in the meta table", "delete from gati_meta where name = 'schema_version'"],
      ["no table of an entity", "drop table gati_gtype"],
      ["a table without its columns", "drop table gati_gtype; create table gati_gtype (ref text)"],
      ["a table that is another's", "drop table gati_meta; create table gati_meta (a, b)"],
    ])("%s", async (_, statement) => {
      const folder = tempFolder();
      const filename = await goodFile(folder);
      const database = new Database(filename);
      database.exec(statement);
      database.close();
      const before = contents(folder);
      for (const migrate of ["auto", "verify"] as const) {
        await expectRefusal(() => createBetterSqliteStorage({ filename, migrate }).init(), "SCHEMA_MISMATCH");
        expect(contents(folder)).toEqual(before);
      }
    });

    test.each([
      ["directly", false],
      ["through a link from another folder", true],
    ])("a newer database with its log left behind, opened %s", async (_, linked) => {
      const folder = tempFolder();
      const filename = path.join(folder, "newer.db");
      await killWriter(new Map(), ["better-sqlite3", JSON.stringify({ filename }), 0], 20);
      makeNewerInLog(filename);
      const { "newer.db-shm": _shared, ...before } = contents(folder);
      expect(Object.keys(before)).toEqual(["newer.db", "newer.db-wal"]);

      const opened = linked ? path.join(tempFolder(), "link.db") : filename;
      if (linked) fs.symlinkSync(filename, opened);
      const error = await expectRefusal(
        () => createBetterSqliteStorage({ filename: opened }).init(),
        "SCHEMA_MISMATCH",
      );
      expect(error.message).toContain("99");
      // The index of the log is shared memory, and no part of the database.
      const { "newer.db-shm": _index, ...after } = contents(folder);
      expect(after).toEqual(before);
    });

    test("the log of a database that is gone is not taken for the new one's", async () => {
      const folder = tempFolder();
      const filename = path.join(folder, "gone.db");
      const ledger: Ledger = new Map();
      await killWriter(ledger, ["better-sqlite3", JSON.stringify({ filename }), 0], 20);
      fs.rmSync(filename);
      const before = contents(folder);
      await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), "CORRUPT");
      expect(contents(folder)).toEqual(before);

      fs.rmSync(`${filename}-wal`);
      const module = createBetterSqliteStorage({ filename });
      expect(module.exports.getStats().manifestCount).toBe(0);
      await module.shutdown();
    });

    test("the good file itself opens", async () => {
      const folder = tempFolder();
      const filename = await goodFile(folder);
      expect(await judge(filename)).toBe("whole");
      expect(fs.readFileSync(filename).readUInt32BE(68)).toBe(APPLICATION_ID);
      expect(fs.readdirSync(folder)).toEqual(["good.db"]);
    });
  },
);

/** Puts a newer version into the log alone, as a newer process that was killed would leave it. */
function makeNewerInLog(filename: string): void {
  const copy = `${filename}.copy`;
  const database = new Database(filename);
  database.pragma("wal_autocheckpoint = 0");
  database.pragma("user_version = 99");
  for (const end of ["", "-wal"]) fs.copyFileSync(filename + end, copy + end);
  database.close();
  for (const end of ["", "-wal"]) fs.renameSync(copy + end, filename + end);
}
