/* oxlint-disable no-await-in-loop -- one store after the other */
import fs from "node:fs";

import { expect, onTestFinished, test } from "vitest";

import { doc, gtype, newFile, open } from "./support.js";

/** Counts what this process writes and forces to the disk. */
function counted(): { bytes: number; syncs: number } {
  const counts = { bytes: 0, syncs: 0 };
  const { writeSync, fsyncSync } = fs;
  Object.assign(fs, {
    writeSync: (...args: Parameters<typeof writeSync>) => {
      const written = writeSync(...args);
      counts.bytes += written;
      return written;
    },
    fsyncSync: (file: number) => {
      counts.syncs++;
      fsyncSync(file);
    },
  });
  onTestFinished(() => void Object.assign(fs, { writeSync, fsyncSync }));
  return counts;
}

const BODY = "x".repeat(400);

/** Bytes and fsyncs of 200 single stores on a file of so many rows. */
async function costAt(rows: number): Promise<{ bytes: number; syncs: number }> {
  const module = open({ filename: newFile(), autoSave: true });
  await Promise.all(
    Array.from({ length: rows }, (_, n) => module.exports.storeGType(gtype(`r${n}`, { body: BODY }))),
  );
  await module.flush();
  await module.exports.storeGType(gtype("first", { body: BODY }));
  const counts = counted();
  for (let n = 0; n < 200; n++) await module.exports.storeGType(gtype(`s${1000 + n}`, { body: BODY }));
  return { ...counts };
}

test("S12: with autoSave a store writes and syncs the same, whether there are 200 rows or 20,000", async () => {
  const few = await costAt(200);
  const many = await costAt(20_000);
  console.log(
    `sqljs: 200 stores write ${few.bytes} bytes at 200 rows, ${many.bytes} at 20,000; fsyncs ${few.syncs}, ${many.syncs}`,
  );
  expect(few.syncs).toBe(200);
  expect(many).toEqual(few);
  expect(few.bytes / 200).toBeLessThan(1500);
});

test("a batch of one turn costs one fsync", async () => {
  const module = open({ filename: newFile(), autoSave: true });
  await module.exports.storeGType(gtype("first"));
  const counts = counted();
  await Promise.all(Array.from({ length: 300 }, (_, n) => module.exports.storeGType(gtype(`r${n}`))));
  expect(counts.syncs).toBe(1);
});

test.skipIf(process.platform !== "linux")(
  "a store asks nobody for the times of its log, which would make each fsync write them too",
  async () => {
    const filename = newFile();
    const module = open({ filename, autoSave: true });
    await module.exports.storeGType(gtype("first"));
    const asked: unknown[] = [];
    const { statSync, fstatSync } = fs;
    onTestFinished(() => void Object.assign(fs, { statSync, fstatSync }));
    Object.assign(fs, {
      statSync: (...args: Parameters<typeof statSync>) => {
        asked.push(args[0]);
        return statSync(...args);
      },
      fstatSync: (...args: Parameters<typeof fstatSync>) => {
        asked.push(args[0]);
        return fstatSync(...args);
      },
    });
    await module.exports.storeGType(gtype("second"));
    const canonical = fs.realpathSync(filename);
    expect(asked).toEqual([canonical, `${canonical}.lock`, `${canonical}-journal`, `${canonical}-wal`]);
  },
);

test("the redo log never outgrows the file by much, and folding it writes each byte a few times at most", async () => {
  const filename = newFile();
  const module = open({ filename, autoSave: true });
  await module.init();
  const counts = counted();
  let longest = 0;
  let folds = 0;
  let last = 0;
  const stores = 600;
  for (let n = 0; n < stores; n++) {
    await module.exports.storeTransformer(
      doc({ id: `t${n % 50}`, handlerId: "h", fromVersion: "1", toVersion: "2", body: BODY.repeat(20) }),
    );
    const length = fs.statSync(`${filename}.redo`, { throwIfNoEntry: false })?.size ?? 0;
    if (length < last) folds++;
    last = length;
    longest = Math.max(longest, length);
  }
  expect(folds).toBeGreaterThanOrEqual(3);
  expect(longest).toBeLessThan(1024 * 1024 + 64 * 1024 + 20_000);
  expect(counts.bytes).toBeLessThan(3 * stores * BODY.length * 20);
});
