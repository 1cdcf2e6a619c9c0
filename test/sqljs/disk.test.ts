/* oxlint-disable no-await-in-loop -- one write after the other */
import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import type { StorageError } from "@gati-framework/storage-kit";
import { describe, expect, onTestFinished, test } from "vitest";

import { mounted, mountMissing, remount } from "../faults/mount.js";
import { tempFolder } from "../faults/temp-folder.js";
import { copyLeftovers, expectRefusal, gtype, inspectFile, newFile, open, storedRefs } from "./support.js";

const missing = mountMissing();
const BODY = "x".repeat(20_000);

describe.skipIf(missing !== null)("F4, F5: a full disk", () => {
  test("autoSave: DISK_FULL, everything else readable, and it works again by itself", async () => {
    const folder = mounted("2m");
    const filename = path.join(folder, "full.db");
    const module = open({ filename, autoSave: true });
    const stored: string[] = [];
    let failure: StorageError | undefined;
    for (let n = 0; n < 500; n++) {
      try {
        await module.exports.storeGType(gtype(`r${n}`, { body: BODY }));
        stored.push(`r${n}`);
      } catch (error) {
        failure = error as StorageError;
        break;
      }
    }
    expect(failure).toMatchObject({ code: "DISK_FULL", outcome: "not-written", retryable: true });
    expect(stored.length).toBeGreaterThan(20);
    expect(await storedRefs(module, [...stored, `r${stored.length}`])).toEqual(stored);
    await expectRefusal(() => module.flush(), "DISK_FULL");
    expect(fs.readdirSync(folder).toSorted(), "no temporary file").toEqual([
      "full.db",
      "full.db.lock",
      "full.db.redo",
    ]);
    expect(module.exports.getStats().gtypeCount).toBe(stored.length);

    const crashed = copyLeftovers(filename);
    const copy = open({ filename: crashed });
    expect(await storedRefs(copy, stored)).toEqual(stored);
    expect(copy.exports.getStats().gtypeCount).toBe(stored.length);

    remount(folder, "size=8m");
    await module.exports.storeGType(gtype("after"));
    await module.shutdown();
    expect(inspectFile(filename)).toMatchObject({ check: "ok", counts: { gtypeCount: stored.length + 1 } });
  });

  test("a save without room leaves the old file byte for byte, no temporary file, and succeeds later", async () => {
    const folder = mounted("1m");
    const filename = path.join(folder, "full.db");
    const module = open({ filename });
    await Promise.all([1, 2, 3].map((n) => module.exports.storeGType(gtype(`r${n}`, { body: BODY }))));
    await module.flush();
    const before = fs.readFileSync(filename);
    const refs = Array.from({ length: 30 }, (_, n) => `s${n}`);
    await Promise.all(refs.map((ref) => module.exports.storeGType(gtype(ref, { body: BODY }))));
    fs.writeFileSync(path.join(folder, "ballast"), Buffer.alloc(400_000));
    const error = await expectRefusal(() => module.flush(), "DISK_FULL");
    expect(error.retryable).toBe(true);
    expect(fs.readFileSync(filename).equals(before)).toBe(true);
    expect(fs.readdirSync(folder).toSorted()).toEqual(["ballast", "full.db", "full.db.lock"]);
    fs.rmSync(path.join(folder, "ballast"));
    await module.flush();
    expect(inspectFile(copyLeftovers(filename))).toMatchObject({ check: "ok", counts: { gtypeCount: 33 } });
  });

  test("READ_ONLY at open on a file system that takes no writes (F6)", async () => {
    const folder = mounted("2m");
    const filename = path.join(folder, "x.db");
    const module = open({ filename });
    await module.init();
    await module.shutdown();
    remount(folder, "ro");
    await expectRefusal(() => module.init(), "READ_ONLY");
    await expectRefusal(() => open({ filename: path.join(folder, "new.db") }).init(), "READ_ONLY");
  });
});

/** Makes the next call of a function of `fs` fail, as the system would. */
function failOnce(name: "fsyncSync" | "ftruncateSync" | "renameSync" | "writeSync", code: string): void {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: () => {
      Object.assign(fs, { [name]: original });
      throw Object.assign(new Error(`${code}: ${name}`), { code });
    },
  });
  onTestFinished(() => void Object.assign(fs, { [name]: original }));
}

describe("F3: a system call fails", () => {
  test("fsync of the redo log: the outcome is unknown, and the next write goes to a new log", async () => {
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    await module.exports.storeGType(gtype("a"));
    const { ino } = fs.statSync(`${filename}.redo`);
    failOnce("fsyncSync", "EIO");
    const error = await expectRefusal(() => module.exports.storeGType(gtype("b")), "IO");
    expect(error.outcome).toBe("unknown");
    expect(await module.exports.getGType("b")).toBeUndefined();
    await module.exports.storeGType(gtype("c"));
    expect(fs.statSync(`${filename}.redo`).ino).not.toBe(ino);
    const copy = open({ filename: copyLeftovers(filename) });
    expect(await storedRefs(copy, ["a", "b", "c"])).toEqual(["a", "c"]);
  });

  test.each(["fsyncSync", "renameSync", "writeSync"] as const)(
    "%s during a save: nothing changes, and the next succeeds",
    async (call) => {
      const filename = newFile();
      const module = open({ filename, autoSave: true });
      await module.exports.storeGType(gtype("a"));
      const before = fs.readFileSync(filename);
      failOnce(call, "EIO");
      await expectRefusal(() => module.flush(), "IO");
      expect(fs.readFileSync(filename).equals(before)).toBe(true);
      expect(fs.readdirSync(path.dirname(filename)).toSorted()).toEqual([
        "storage.db",
        "storage.db.lock",
        "storage.db.redo",
      ]);
      await module.exports.storeGType(gtype("b"));
      await module.flush();
      expect(inspectFile(copyLeftovers(filename)).counts.gtypeCount).toBe(2);
    },
  );
});

describe("F10: the file is taken away or changed while it is open", () => {
  test.each([true, false])("moved away, with autoSave %s: IO, until it is back", async (autoSave) => {
    const filename = newFile();
    const module = open({ filename, autoSave });
    await module.exports.storeGType(gtype("a"));
    fs.renameSync(filename, `${filename}.away`);
    if (autoSave) {
      const error = await expectRefusal(() => module.exports.storeGType(gtype("b")), "IO");
      expect(error.outcome).toBe("not-written");
    }
    await expectRefusal(() => module.flush(), "IO");
    expect(await module.healthCheck()).toBe(false);
    expect(fs.existsSync(filename)).toBe(false);
    fs.renameSync(`${filename}.away`, filename);
    await module.exports.storeGType(gtype("b"));
    await module.shutdown();
    expect(inspectFile(filename).counts.gtypeCount).toBe(2);
  });

  test.each([true, false])(
    "written by another program, with autoSave %s: LOCKED, and never overwritten",
    async (autoSave) => {
      const filename = newFile();
      const module = open({ filename, autoSave });
      await module.exports.storeGType(gtype("a"));
      await module.flush();
      const database = new Database(filename);
      database.exec("create table mine (x)");
      database.close();
      const theirs = fs.readFileSync(filename);
      if (autoSave) await expectRefusal(() => module.exports.storeGType(gtype("b")), "LOCKED");
      else await module.exports.storeGType(gtype("b"));
      await expectRefusal(() => (autoSave ? module.exports.clear() : module.shutdown()), "LOCKED");
      expect(fs.readFileSync(filename).equals(theirs)).toBe(true);
    },
  );

  test("removed together with its folder", async () => {
    const folder = path.join(tempFolder(), "sub");
    const module = open({ filename: path.join(folder, "x.db"), autoSave: true });
    await module.exports.storeGType(gtype("a"));
    fs.rmSync(folder, { recursive: true });
    await expectRefusal(() => module.exports.storeGType(gtype("b")), "IO");
    await expectRefusal(() => module.shutdown(), "IO");
    expect(fs.existsSync(folder)).toBe(false);
  });

  /** What may befall a file that is open. */
  const mishaps: Record<string, (file: string) => void> = {
    replaced(file) {
      fs.copyFileSync(file, `${file}.new`);
      fs.renameSync(`${file}.new`, file);
    },
    removed: (file) => fs.rmSync(file),
    "moved away": (file) => fs.renameSync(file, `${file}.away`),
    "moved away and replaced"(file) {
      fs.renameSync(file, `${file}.away`);
      fs.copyFileSync(`${file}.away`, file);
    },
  };

  test.each(Object.keys(mishaps).flatMap((mishap) => [["redo", mishap] as const, ["lock", mishap] as const]))(
    "its %s %s: LOCKED",
    async (ending, mishap) => {
      const filename = newFile();
      const module = open({ filename, autoSave: true });
      await module.exports.storeGType(gtype("a"));
      mishaps[mishap]?.(`${filename}.${ending}`);
      await expectRefusal(() => module.exports.storeGType(gtype("b")), "LOCKED");
    },
  );

  test("its folder replaced by a copy: LOCKED", async () => {
    const folder = path.join(tempFolder(), "sub");
    const module = open({ filename: path.join(folder, "x.db"), autoSave: true });
    await module.exports.storeGType(gtype("a"));
    fs.renameSync(folder, `${folder}-away`);
    fs.cpSync(`${folder}-away`, folder, { recursive: true, preserveTimestamps: true });
    await expectRefusal(() => module.exports.storeGType(gtype("b")), "LOCKED");
  });

  test("where the system does not tell an open file's name, its log is told by its inode", async () => {
    const { readlinkSync } = fs;
    Object.assign(fs, {
      readlinkSync: () => {
        throw Object.assign(new Error("ENOENT: no /proc"), { code: "ENOENT" });
      },
    });
    onTestFinished(() => void Object.assign(fs, { readlinkSync }));
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    for (const ref of ["a", "b", "c"]) await module.exports.storeGType(gtype(ref));
    mishaps["replaced"]?.(`${filename}.redo`);
    await expectRefusal(() => module.exports.storeGType(gtype("d")), "LOCKED");
  });
});
