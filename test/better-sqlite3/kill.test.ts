import path from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { expect, test } from "vitest";

import { documentOf, read } from "../faults/children/documents.mjs";
import { findFault, killWriter, type Ledger } from "../faults/kill-rounds.js";
import { tempFolder } from "../faults/temp-folder.js";
import { report } from "../faults/report.js";
import { inspectFile } from "./support.js";

const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 40);
const ROUNDS_A_FILE = 10;
const LANES = 2;

interface Tally {
  acknowledged: number;
  lost: number;
  corrupt: number;
}

/** Kills writers on one file after the other, and checks everything that was ever written to it after each kill. */
async function runLane(folder: string, lane: number, rounds: number, tally: Tally): Promise<void> {
  let ledger: Ledger = new Map();
  for (let round = 0; round < rounds; round++) {
    if (round % ROUNDS_A_FILE === 0) ledger = new Map();
    const filename = path.join(folder, `${lane}-${Math.floor(round / ROUNDS_A_FILE)}.db`);
    const options = JSON.stringify({ filename });
    const milliseconds = (round * 37 + lane * 17) % 61;
    tally.acknowledged += await killWriter(
      ledger,
      ["better-sqlite3", options, round * 1_000_000],
      milliseconds,
    );
    await checkFile(filename, ledger, tally);
  }
}

async function checkFile(filename: string, ledger: Ledger, tally: Tally): Promise<void> {
  const module = createBetterSqliteStorage({ filename });
  let rows = 0;
  for (const entry of ledger.values()) {
    const found = await read(module.exports, entry.kind, entry.id);
    if (found !== undefined) rows++;
    const fault = findFault(entry, found, documentOf);
    if (fault === "lost") tally.lost++;
    else if (fault === "torn") tally.corrupt++;
  }
  const stats = module.exports.getStats();
  await module.shutdown();
  const { check, counts } = inspectFile(filename);
  if (check !== "ok") tally.corrupt++;
  expect(stats, "stats are exact").toEqual(counts);
  expect(
    Object.values(counts).reduce((sum, count) => sum + count, 0),
    "nothing is there that was not written",
  ).toBe(rows);
}

test(`F1, F8, S12: ${KILLS} kills under load lose no acknowledged write`, { timeout: 300_000 }, async () => {
  const folder = tempFolder();
  const tally: Tally = { acknowledged: 0, lost: 0, corrupt: 0 };
  const rounds = Math.ceil(KILLS / LANES);
  await Promise.all(
    Array.from({ length: LANES }, (_, lane) =>
      runLane(folder, lane, Math.min(rounds, KILLS - lane * rounds), tally),
    ),
  );
  report("F1, F8 kill -9, better-sqlite3", { injected: KILLS, ...tally });
  expect(tally).toMatchObject({ lost: 0, corrupt: 0 });
  expect(tally.acknowledged).toBeGreaterThanOrEqual(KILLS);
});
