import path from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, test } from "vitest";

import { runChild } from "../faults/child.js";
import { callsIn, straced, straceMissing } from "../faults/strace.js";
import { tempFolder } from "../faults/temp-folder.js";
import { inspectFile } from "./support.js";

/** The 25th call of all, and each one after it. */
const FOR_EVER = "25+1";

const missing = straceMissing();
const SYNC = /\b(?:fsync|fdatasync)\(\d+<[^>]*\.db(?:-wal)?>\) += 0/;
const ACKNOWLEDGED = /\bwrite\(1<[^>]*>, "done /;

/** Runs a writer under strace; says how many fsyncs were completed, and before each acknowledgement since the last one. */
async function trace(
  synchronous: "full" | "normal",
  count: number,
  mode: "sequential" | "batch",
): Promise<{ syncs: number; unsynced: number; acknowledged: number }> {
  const folder = tempFolder();
  const log = path.join(folder, "trace");
  const filename = path.join(folder, "traced.db");
  const created = createBetterSqliteStorage({ filename });
  await created.init();
  await created.shutdown();
  const { exitCode, stderr } = await runChild(
    "sequence.mjs",
    ["better-sqlite3", JSON.stringify({ filename, synchronous }), 0, count, mode],
    { prefix: straced(log, ["fsync", "fdatasync", "write"]) },
  );
  expect(exitCode, stderr).toBe(0);

  const calls = callsIn(log);
  const opened = calls.findIndex((call) => /\bwrite\(1<[^>]*>, "open/.test(call));
  let syncs = 0;
  let sinceLast = 0;
  let unsynced = 0;
  let acknowledged = 0;
  for (const call of calls.slice(opened)) {
    if (SYNC.test(call)) {
      syncs++;
      sinceLast++;
    } else if (ACKNOWLEDGED.test(call)) {
      acknowledged++;
      if (sinceLast === 0) unsynced++;
      sinceLast = 0;
    }
  }
  return { syncs, unsynced, acknowledged };
}

describe.skipIf(missing !== null)("F2, S12: what is acknowledged is on the disk", { timeout: 60_000 }, () => {
  test("full: a completed fsync of the file precedes the acknowledgement of each awaited write", async () => {
    const { syncs, unsynced, acknowledged } = await trace("full", 100, "sequential");
    expect({ unsynced, acknowledged }).toEqual({ unsynced: 0, acknowledged: 100 });
    expect(syncs).toBeGreaterThanOrEqual(100);
  });

  test("full: 1,000 writes of one turn share a handful of fsyncs (S8)", async () => {
    const { syncs, acknowledged } = await trace("full", 1000, "batch");
    expect(acknowledged).toBe(1000);
    expect(syncs).toBeGreaterThanOrEqual(1);
    expect(syncs).toBeLessThan(10);
  });

  test("normal: fewer", async () => {
    const { syncs, acknowledged } = await trace("normal", 100, "sequential");
    expect(acknowledged).toBe(100);
    expect(syncs).toBeLessThan(20);
  });
});

/** After a failed fsync the file is opened anew before anything else is written to it. */
function expectReopened(log: string): void {
  const calls = callsIn(log);
  const failed = calls.findIndex((call) => /\b(?:fsync|fdatasync)\(.*EIO/.test(call));
  expect(failed).toBeGreaterThanOrEqual(0);
  const next = calls.slice(failed + 1).find((call) => /\bopenat\(.*failing\.db"|pwrite64\(/.test(call));
  expect(next).toMatch(/openat/);
}

describe.skipIf(missing !== null)("F3, S13: the disk fails", { timeout: 120_000 }, () => {
  const now = ["6+9", "7+5", "9+4", FOR_EVER];
  const later = ["20+37", "21+29", "23+23", FOR_EVER];
  test.each([
    ["fsync", "EIO", "IO", "unknown", now],
    ["pwrite64", "EIO", "IO", "unknown", later],
    ["pwrite64", "ENOSPC", "DISK_FULL", "not-written", later],
  ])(
    "%s answers %s now and then: %s, and every acknowledged write is there",
    async (call, errno, code, outcome, sweep) => {
      let failures = 0;
      for (const when of sweep) {
        const folder = tempFolder();
        const filename = path.join(folder, "failing.db");
        const created = createBetterSqliteStorage({ filename });
        await created.init();
        await created.shutdown();
        const calls = call === "fsync" ? ["fsync", "fdatasync"] : [call];
        const { lines, stderr, exitCode } = await runChild(
          "sequence.mjs",
          ["better-sqlite3", JSON.stringify({ filename, busyTimeout: 100 }), 0, 40, "sequential"],
          {
            prefix: straced(
              path.join(folder, "trace"),
              ["openat", "pwrite64", "fsync", "fdatasync"],
              [`${calls.join(",")}:error=${errno}:when=${when}`],
            ),
          },
        );
        expect(exitCode, stderr).toBe(0);
        const failed = lines.filter((line) => line.startsWith("failed "));
        failures += failed.length;
        for (const line of failed)
          expect(line).toMatch(new RegExp(`^failed \\d+ ${code} ${outcome} StorageError$`));
        // It works again by itself as soon as the disk does.
        const recovered = lines.some(
          (line, at) => at > lines.indexOf(failed[0] ?? "") && line.startsWith("done "),
        );
        expect(recovered, `when=${when}`).toBe(when !== FOR_EVER);

        const module = createBetterSqliteStorage({ filename });
        for (const line of lines.filter((each) => each.startsWith("done "))) {
          expect(
            await module.exports.getGType(`gtype.${line.slice(5)}`),
            `when=${when} ${line}`,
          ).toBeDefined();
        }
        if (call === "fsync") expectReopened(path.join(folder, "trace"));
        const stats = module.exports.getStats();
        await module.shutdown();
        expect(inspectFile(filename)).toEqual({ check: "ok", counts: stats });
      }
      expect(failures).toBeGreaterThan(0);
    },
  );
});
