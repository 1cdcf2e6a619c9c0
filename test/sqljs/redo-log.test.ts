/* oxlint-disable no-await-in-loop -- one damage after the other */
import fs from "node:fs";
import path from "node:path";

import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";

import { copyLeftovers, expectRefusal, folderContent, gtype, newFile, open, storedRefs } from "./support.js";

const REFS = ["a", "b", "c", "d", "e"];

/** What a crash leaves after one write each of `REFS`, and the log's length after each of them. */
async function leftovers(): Promise<{ filename: string; log: Buffer; ends: number[] }> {
  const original = newFile();
  const module = open({ filename: original, autoSave: true });
  const ends: number[] = [];
  for (const ref of REFS) {
    await module.exports.storeGType(gtype(ref, { body: ref.repeat(40) }));
    ends.push(recordsEnd(fs.readFileSync(`${original}.redo`)));
  }
  const filename = copyLeftovers(original);
  await module.shutdown();
  return { filename, log: fs.readFileSync(`${filename}.redo`), ends };
}

/** Zeros follow the last record, which ends in a brace. */
function recordsEnd(log: Buffer): number {
  return log.findLastIndex((byte) => byte !== 0) + 1;
}

async function reopened(filename: string): Promise<string[]> {
  const module = open({ filename, autoSave: true });
  await module.init();
  const refs = await storedRefs(module, REFS);
  await module.shutdown();
  return refs;
}

describe("F1, F2: the redo log", () => {
  test("is replayed when opening, with or without autoSave, and ends at shutdown", async () => {
    for (const autoSave of [true, false]) {
      const { filename } = await leftovers();
      const module = open({ filename, autoSave });
      expect(await storedRefs(module, REFS)).toEqual(REFS);
      expect(module.exports.getStats().gtypeCount).toBe(REFS.length);
      await module.shutdown();
      expect(Object.keys(folderContent(path.dirname(filename)))).toEqual(["storage.db"]);
      expect(await reopened(filename)).toEqual(REFS);
    }
  });

  test("cut off anywhere, it gives every batch that is whole", async () => {
    const { filename, log, ends } = await leftovers();
    const image = fs.readFileSync(filename);
    const [first = 0] = ends;
    for (let length = first; length < log.length; length += 41) {
      fs.writeFileSync(filename, image);
      fs.writeFileSync(`${filename}.redo`, log.subarray(0, length));
      expect(await reopened(filename), `cut at ${length}`).toEqual(
        REFS.filter((_, n) => (ends[n] ?? 0) <= length),
      );
    }
  });

  test("with garbage or zeros for an end, it goes on where the last whole batch ended", async () => {
    const { filename, log, ends } = await leftovers();
    const cut = (ends[3] ?? 0) + 20;
    fs.writeFileSync(`${filename}.redo`, Buffer.concat([log.subarray(0, cut), Buffer.alloc(5000)]));
    const module = open({ filename, autoSave: true });
    await module.exports.storeGType(gtype("e"));
    const crashed = copyLeftovers(filename);
    await module.shutdown();
    expect(await reopened(crashed)).toEqual(REFS);
  });

  test("damaged before its end, it is refused and left as it is", async () => {
    const { filename, log, ends } = await leftovers();
    const lastStart = ends.at(-2) ?? 0;
    let dropped = 0;
    for (let at = 0; at < (ends.at(-1) ?? 0) + 200; at += 13) {
      const damaged = Buffer.from(log);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      fs.writeFileSync(`${filename}.redo`, damaged);
      const before = folderContent(path.dirname(filename));
      if (at < lastStart) {
        await expectRefusal(() => open({ filename }).init(), "CORRUPT");
        expect(folderContent(path.dirname(filename)), `byte ${at}`).toEqual(before);
      } else if (at >= (ends.at(-1) ?? 0)) {
        // Behind the last record nothing was ever acknowledged.
        expect(await reopened(copyLeftovers(filename))).toEqual(REFS);
      } else {
        // Nothing tells a last record that was damaged later from one that was never finished.
        expect(await reopened(copyLeftovers(filename))).toEqual(REFS.slice(0, -1));
        dropped++;
      }
    }
    expect(dropped).toBeGreaterThan(5);
  });

  test("of an older version of the file, it is never replayed on a newer one, nor the other way round", async () => {
    const { filename } = await leftovers();
    const newer = copyLeftovers(filename);
    const module = open({ filename: newer, autoSave: true });
    await module.flush();
    await module.exports.storeGType(gtype("f"));
    const later = copyLeftovers(newer);
    await module.shutdown();

    fs.copyFileSync(`${later}.redo`, `${filename}.redo`);
    await expectRefusal(() => open({ filename }).init(), "CORRUPT");
  });

  test("beside a file that another program changed since, it is refused", async () => {
    const { filename } = await leftovers();
    const database = new Database(filename);
    database.exec("create table mine (x)");
    database.close();
    const before = folderContent(path.dirname(filename));
    const error = await expectRefusal(() => open({ filename }).init(), "CORRUPT");
    expect(error.hint).toContain("latest writes");
    expect(folderContent(path.dirname(filename))).toEqual(before);
  });

  test("beside a file that is gone, no new file is created", async () => {
    const { filename } = await leftovers();
    fs.rmSync(filename);
    const before = folderContent(path.dirname(filename));
    await expectRefusal(() => open({ filename }).init(), "CORRUPT");
    expect(folderContent(path.dirname(filename))).toEqual(before);
  });

  test("left behind by a crash between replacing the file and ending the log, it changes nothing", async () => {
    const { filename } = await leftovers();
    const module = open({ filename, autoSave: true });
    await module.exports.storeManifest({ handlerId: "h", version: "1", createdAt: 1 } as never);
    const crashed = copyLeftovers(filename);
    let log = Buffer.alloc(0);
    const remove = fs.rmSync;
    fs.rmSync = (target, options) => {
      if (String(target).endsWith(".redo")) log = fs.readFileSync(target as string);
      remove(target, options);
    };
    try {
      await module.flush();
    } finally {
      fs.rmSync = remove;
    }
    fs.copyFileSync(filename, crashed);
    fs.writeFileSync(`${crashed}.redo`, log);
    await module.shutdown();

    const again = open({ filename: crashed, autoSave: true });
    expect(await storedRefs(again, REFS)).toEqual(REFS);
    expect(again.exports.getStats()).toMatchObject({ gtypeCount: REFS.length, manifestCount: 1 });
    await again.shutdown();
  });

  test("keeps positions, infinite numbers and every text exactly", async () => {
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    const documents = [Infinity, 3, -Infinity, 3, -0, undefined].map((createdAt, n) => ({
      handlerId: "h\u{1F600}é",
      version: `${n}"\\`,
      createdAt,
      body: "\u0000\ud800 \u2028",
    }));
    for (const document of documents) await module.exports.storeManifest(document as never);
    await module.exports.clear();
    await Promise.all(documents.map((document) => module.exports.storeManifest(document as never)));
    const before = await module.exports.getAllManifestVersions("h\u{1F600}é");
    const crashed = copyLeftovers(filename);
    await module.shutdown();
    const again = open({ filename: crashed });
    expect(await again.exports.getAllManifestVersions("h\u{1F600}é")).toEqual(before);
    expect(before).toHaveLength(6);
  });
});
