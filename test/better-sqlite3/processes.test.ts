import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, test } from "vitest";

import { runChild, startChild } from "../faults/child.js";
import { documentOf, read } from "../faults/children/documents.mjs";
import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, inspectFile, manifest } from "./support.js";

const options = (filename: string, more: object = {}): string => JSON.stringify({ filename, ...more });

describe("F9: several processes on one file", { timeout: 60_000 }, () => {
  test.each([3, 8])("%i writers lose nothing, and count alike", async (writers) => {
    const filename = path.join(tempFolder(), "shared.db");
    const each = 100;
    const ended = await Promise.all(
      Array.from({ length: writers }, (_, writer) =>
        runChild("sequence.mjs", [
          "better-sqlite3",
          options(filename, { busyTimeout: 30_000 }),
          writer * 1000,
          each,
          writer % 2 === 0 ? "sequential" : "batch",
        ]),
      ),
    );
    for (const { lines, stderr, exitCode } of ended) {
      expect(exitCode, stderr).toBe(0);
      expect(lines.filter((line) => line.startsWith("failed"))).toEqual([]);
    }
    const module = createBetterSqliteStorage({ filename });
    for (let writer = 0; writer < writers; writer++) {
      for (let id = writer * 1000; id < writer * 1000 + each; id++) {
        expect(await read(module.exports, "gtype", id)).toEqual(documentOf("gtype", id, 1));
      }
    }
    const stats = module.exports.getStats();
    expect(stats.gtypeCount).toBe(writers * each);
    await module.shutdown();
    expect(inspectFile(filename)).toEqual({ check: "ok", counts: stats });
  });

  test("a lock held longer than busyTimeout: BUSY, retryable, not written; afterwards it works", async () => {
    const filename = path.join(tempFolder(), "locked.db");
    const module = createBetterSqliteStorage({ filename, busyTimeout: 50 });
    await module.exports.storeManifest(manifest("before"));
    const holder = startChild("hold-lock.mjs", [filename]);
    await holder.line((line) => line === "locked");

    const single = await expectRefusal(() => module.exports.storeManifest(manifest("single")), "BUSY");
    expect(single).toMatchObject({ retryable: true, outcome: "not-written" });
    const batch = await Promise.allSettled(
      [1, 2, 3].map((n) => module.exports.storeManifest(manifest("batch", `${n}`))),
    );
    for (const one of batch) expect(one).toMatchObject({ status: "rejected", reason: { code: "BUSY" } });
    await expectRefusal(() => module.exports.clear(), "BUSY");
    expect(await module.exports.getManifest("before"), "reads go on").toEqual(manifest("before"));
    await expectRefusal(() => createBetterSqliteStorage({ filename, busyTimeout: 50 }).init(), "BUSY");

    holder.process.kill("SIGKILL");
    await holder.ended;
    await module.exports.storeManifest(manifest("single"));
    expect(module.exports.getStats().manifestCount).toBe(2);
    await module.shutdown();
  });

  test("8 processes open a missing file at once, 10 times: one database, no failure, nothing left beside it", async () => {
    for (let round = 0; round < 10; round++) {
      const folder = path.join(tempFolder(), "new", "folders");
      const filename = path.join(folder, "cold.db");
      const ended = await Promise.all(
        Array.from({ length: 8 }, (_, id) =>
          runChild("sequence.mjs", [
            "better-sqlite3",
            options(filename, { busyTimeout: 30_000 }),
            id,
            1,
            "sequential",
          ]),
        ),
      );
      for (const { lines, stderr, exitCode } of ended) {
        expect(exitCode, stderr).toBe(0);
        expect(lines[0]).toBe("open");
      }
      const module = createBetterSqliteStorage({ filename });
      expect(module.exports.getStats().gtypeCount).toBe(8);
      await module.shutdown();
      expect(fs.readdirSync(folder)).toEqual(["cold.db"]);
    }
  });
});

describe("F20, S15: killed while creating a database", { timeout: 60_000 }, () => {
  test("30 times: it opens afterwards, empty or with what was written", async () => {
    for (let round = 0; round < 30; round++) {
      const folder = tempFolder();
      const filename = path.join(folder, "born.db");
      const child = startChild("sequence.mjs", ["better-sqlite3", options(filename), 0, 1, "sequential"]);
      // From the moment at which anything appears in the folder.
      const watcher = fs.watch(folder);
      await once(watcher, "change");
      watcher.close();
      if (round % 6 > 0) await delay((round % 6) - 1);
      child.process.kill("SIGKILL");
      const { lines } = await child.ended;

      const module = createBetterSqliteStorage({ filename });
      await module.exports.storeManifest(manifest("after"));
      if (lines.includes("done 0"))
        expect(await read(module.exports, "gtype", 0)).toEqual(documentOf("gtype", 0, 1));
      const stats = module.exports.getStats();
      await module.shutdown();
      expect(inspectFile(filename)).toEqual({ check: "ok", counts: stats });
    }
  });
});

describe("F24, S11: a process ends without shutdown", () => {
  test.each([
    ["exit", 3, null],
    ["throw", 1, null],
    ["SIGTERM", null, "SIGTERM"],
    ["by itself: no timer of ours keeps it alive", 0, null],
  ])("%s: what was acknowledged is there", async (how, exitCode, signal) => {
    const filename = path.join(tempFolder(), "left.db");
    const ended = await runChild("leave.mjs", ["better-sqlite3", options(filename), how]);
    expect(ended).toMatchObject({ lines: ["done"], exitCode, signal });
    const module = createBetterSqliteStorage({ filename });
    expect(await read(module.exports, "gtype", 1)).toEqual(documentOf("gtype", 1, 1));
    await module.shutdown();
  });
});
