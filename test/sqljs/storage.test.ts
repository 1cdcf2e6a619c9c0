/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import fs from "node:fs";
import path from "node:path";
import { inspect } from "node:util";

import Database from "better-sqlite3";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { createSqlJsStorage, type SqlJsStorageOptions } from "@gati-framework/storage-sqljs";
import { APPLICATION_ID } from "@gati-framework/storage-sql";
import { describe, expect, test } from "vitest";

import { documentOf, KINDS, read, store } from "../faults/children/documents.mjs";
import { tempFolder } from "../faults/temp-folder.js";
import {
  copyLeftovers,
  expectRefusal,
  gtype,
  inspectFile,
  manifest,
  newFile,
  open,
  storedRefs,
} from "./support.js";

const promises = (options: SqlJsStorageOptions): unknown => createSqlJsStorage(options).capabilities;

const ids = Array.from({ length: 40 }, (_, id) => id);
const kindOf = (id: number): string => KINDS[id % KINDS.length] as string;

describe("S16: options are checked when the storage is created", () => {
  const wrong: [string, object, RegExp][] = [
    ["an unknown one, with the nearest name", { autosave: true }, /did you mean `autoSave`/],
    ["a blank file name", { filename: " " }, /blank/],
    ["a file name with NUL", { filename: "a\0b" }, /U\+0000/],
    ["a URI", { filename: "file:a.db" }, /URI/],
    ["a folder's name", { filename: "data/" }, /folder/],
    ["autoSave without a file", { autoSave: true }, /no file/],
    ["autoSave that is no boolean", { filename: "a.db", autoSave: 1 }, /true or false/],
    ["locateFile that is no function", { locateFile: "/assets" }, /function/],
    ["wasmBinary that is no bytes", { wasmBinary: "AGFzbQ" }, /ArrayBuffer/],
    ["an unsafe prefix", { tablePrefix: 'x"; drop' }, /table/],
    ["an unknown migrate", { migrate: "never" }, /unknown value/],
  ];
  test.each(wrong)("%s is refused", async (_, options, problem) => {
    const error = await expectRefusal(
      () => createSqlJsStorage(options as SqlJsStorageOptions),
      "INVALID_OPTION",
    );
    expect(error.message).toMatch(problem);
  });

  test("a relative file name is bound to the folder of the moment", async () => {
    const folder = fs.realpathSync(tempFolder());
    const before = process.cwd();
    process.chdir(folder);
    const module = open({ filename: "sub/x.db" });
    process.chdir(before);
    await module.init();
    expect(fs.existsSync(path.join(folder, "sub", "x.db"))).toBe(true);
  });

  test("what is promised follows from them", () => {
    const no = { durable: false, savedAtShutdown: false, shared: false, opensSynchronously: false };
    expect(promises({})).toEqual(no);
    expect(promises({ filename: ":memory:" })).toEqual(no);
    expect(promises({ filename: "x.db", autoSave: true })).toEqual({
      ...no,
      durable: true,
      savedAtShutdown: true,
    });
    expect(promises({ filename: "x.db" })).toEqual({ ...no, savedAtShutdown: true });
  });
});

describe("S10, S11: opening and closing", () => {
  test("getStats() before it has opened is NOT_OPEN, and opens it", async () => {
    const module = open({});
    await expectRefusal(() => module.exports.getStats(), "NOT_OPEN");
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(0);
  });

  test("without a file it forgets everything at shutdown", async () => {
    const module = open({});
    await module.exports.storeGType(gtype("a"));
    await module.shutdown();
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(0);
  });

  test("without autoSave the file is written by flush() and by shutdown(), and only where it changed", async () => {
    const filename = newFile();
    const module = open({ filename });
    await module.init();
    const created = fs.statSync(filename, { bigint: true });
    await module.flush();
    expect(fs.statSync(filename, { bigint: true }).ino, "nothing to write").toBe(created.ino);
    await module.exports.storeGType(gtype("a"));
    expect(fs.statSync(filename, { bigint: true }).ino).toBe(created.ino);
    await module.flush();
    expect(inspectFile(copyLeftovers(filename)).counts.gtypeCount).toBe(1);
    await module.exports.storeGType(gtype("b"));
    await module.shutdown();
    expect(inspectFile(filename)).toMatchObject({ check: "ok", counts: { gtypeCount: 2 } });
  });

  test("a save keeps the file's mode", async () => {
    const filename = newFile();
    const module = open({ filename });
    await module.init();
    await module.shutdown();
    fs.chmodSync(filename, 0o640);
    await module.exports.storeGType(gtype("a")).catch(() => undefined);
    await module.init();
    await module.exports.storeGType(gtype("a"));
    await module.shutdown();
    expect(fs.statSync(filename).mode & 0o777).toBe(0o640);
  });

  test("F25: fifty writes and a shutdown: each is stored or refused with CLOSED", async () => {
    for (const autoSave of [true, false]) {
      const filename = newFile();
      const module = open({ filename, autoSave });
      const refs = Array.from({ length: 50 }, (_, n) => `r${n}`);
      let closing: Promise<void[]> | undefined;
      const outcomes = await Promise.allSettled(
        refs.map((ref, n) => {
          if (n === 25) closing = Promise.all([module.shutdown(), module.shutdown()]);
          return module.exports.storeGType(gtype(ref));
        }),
      );
      await closing;
      await expectRefusal(() => module.exports.getGType("r0"), "CLOSED");
      await module.init();
      expect(await storedRefs(module, refs)).toEqual(
        refs.filter((_, n) => outcomes[n]?.status === "fulfilled"),
      );
      for (const outcome of outcomes)
        if (outcome.status === "rejected") expect(outcome.reason.code).toBe("CLOSED");
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(25);
    }
  });

  test("S9: a write that SQLite refuses takes no other with it", async () => {
    const filename = newFile();
    const module = open({ filename });
    await module.init();
    await module.shutdown();
    const database = new Database(filename);
    database.exec(`create trigger "picky" before insert on "gati_gtype" when new."ref" = 'no'
      begin select raise(abort, 'CHECK constraint failed: picky'); end`);
    database.close();

    const picky = open({ filename, autoSave: true });
    const outcomes = await Promise.allSettled(
      ["a", "no", "b"].map((ref) => picky.exports.storeGType(gtype(ref))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({
      code: "CONFLICT",
      outcome: "not-written",
    });
    const crashed = copyLeftovers(filename);
    expect(await storedRefs(open({ filename: crashed }), ["a", "no", "b"])).toEqual(["a", "b"]);
  });

  test("S17: nothing stored is shown by what can be inspected", async () => {
    const module = open({ filename: newFile(), autoSave: true });
    await module.exports.storeGType(gtype("a", { secret: "hunter2" }));
    expect(inspect(module, { depth: 9, showHidden: true })).not.toContain("hunter2");
  });
});

describe("one file, two drivers", () => {
  test("better-sqlite3 opens what sql.js wrote, and the other way round, again and again", async () => {
    const filename = newFile();
    for (let round = 1; round <= 3; round++) {
      for (const module of [
        open({ filename, autoSave: round === 2 }),
        createBetterSqliteStorage({ filename }),
      ]) {
        for (const id of ids) {
          const found = await read(module.exports, kindOf(id), id);
          const revision = (found as { revision?: number } | undefined)?.revision ?? 0;
          if (revision > 0) expect(found).toEqual(documentOf(kindOf(id), id, revision));
          expect(revision).toBe(module.description.includes("sql.js") ? (round - 1) * 2 : round * 2 - 1);
        }
        const revision = module.description.includes("sql.js") ? round * 2 - 1 : round * 2;
        await Promise.all(ids.map((id) => store(module.exports, kindOf(id), id, revision)));
        await module.shutdown();
      }
      expect(inspectFile(filename).check).toBe("ok");
    }
  });

  test("positions count on from one to the other (S6)", async () => {
    const filename = newFile();
    const versions = ["9", "1", "5", "3"];
    for (const [n, version] of versions.entries()) {
      const module =
        n % 2 === 0 ? open({ filename, autoSave: true }) : createBetterSqliteStorage({ filename });
      await module.exports.storeManifest(manifest("h", version));
      await module.exports.storeManifest(manifest("h", versions[0], 1, { again: n }));
      await module.shutdown();
    }
    const module = open({ filename });
    const list = await module.exports.getAllManifestVersions("h");
    expect(list.map((item) => item.version)).toEqual(versions);
    expect((await module.exports.getManifest("h"))?.version).toBe("9");
  });

  test("better-sqlite3 keeps off a file that sql.js has for itself, or has not folded", async () => {
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    await module.exports.storeGType(gtype("a"));
    const other = createBetterSqliteStorage({ filename });
    await expect(other.init()).rejects.toMatchObject({ code: "LOCKED", outcome: "not-written" });

    // As a kill would leave it: the lock of a process that is gone, and the latest writes in the redo log only.
    const redo = fs.readFileSync(`${filename}.redo`);
    const image = fs.readFileSync(filename);
    await module.shutdown();
    fs.writeFileSync(filename, image);
    fs.writeFileSync(`${filename}.redo`, redo);
    await expect(other.init()).rejects.toMatchObject({
      code: "LOCKED",
      hint: expect.stringContaining("sql.js"),
    });
    expect(fs.readFileSync(filename).equals(image)).toBe(true);

    await module.init();
    await module.shutdown();
    expect(await other.exports.getGType("a")).toEqual(gtype("a"));
    await other.shutdown();
  });

  test("the file bears our mark and asks for no write-ahead log", async () => {
    const filename = newFile();
    const module = open({ filename });
    await module.exports.storeGType(gtype("a"));
    await module.shutdown();
    const header = fs.readFileSync(filename).subarray(0, 100);
    expect(header.readUInt32BE(68)).toBe(APPLICATION_ID);
    expect([...header.subarray(18, 20)]).toEqual([1, 1]);
  });
});
