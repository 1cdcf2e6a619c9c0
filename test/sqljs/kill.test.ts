/* oxlint-disable no-await-in-loop -- one kill after the other */
import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import { expect, test } from "vitest";

import { startChild } from "../faults/child.js";
import { documentOf, read } from "../faults/children/documents.mjs";
import { findFault, type Ledger } from "../faults/kill-rounds.js";
import { tempFolder } from "../faults/temp-folder.js";
import { report } from "../faults/report.js";
import { childScript, inspectFile } from "./support.js";

const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 30);
/** So many kills on one file fill its redo log more than once. */
const ROUNDS_A_FILE = 20;
const LANES = 2;

interface Tally {
  acknowledged: number;
  lost: number;
  corrupt: number;
}

async function runLane(folder: string, lane: number, rounds: number, tally: Tally): Promise<void> {
  let ledger: Ledger = new Map();
  for (let round = 0; round < rounds; round++) {
    const filename = path.join(folder, `${lane}-${Math.floor(round / ROUNDS_A_FILE)}.db`);
    if (round % ROUNDS_A_FILE === 0) ledger = new Map();
    const options = { filename, autoSave: true };
    await killWriter(
      ledger,
      [JSON.stringify(options), round * 1_000_000],
      (round * 37 + lane * 17) % 61,
      tally,
    );
    // The next writer opens what the kill left; every so often the parent looks first.
    if (round % 2 === 1 || round === rounds - 1) await checkFile(filename, ledger, tally, round % 4 === 3);
  }
}

/** Kills a writer so many milliseconds after its first acknowledgement, and enters what it printed. */
async function killWriter(
  ledger: Ledger,
  args: readonly (string | number)[],
  milliseconds: number,
  tally: Tally,
): Promise<void> {
  const child = startChild(childScript("write-until-killed.mjs"), args);
  await child.line((line) => line.startsWith("done "));
  await delay(milliseconds);
  child.process.kill("SIGKILL");
  const { lines, stderr, signal } = await child.ended;
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${stderr}`);
  for (const line of lines) {
    const [event, kind, id, revision] = line.split(" ") as [string, string, string, string];
    const entry = ledger.get(`${kind} ${id}`) ?? { kind, id: Number(id), acknowledged: 0, started: 0 };
    ledger.set(`${kind} ${id}`, entry);
    if (event === "start") entry.started = Number(revision);
    else {
      entry.acknowledged = Number(revision);
      tally.acknowledged++;
    }
  }
}

async function checkFile(filename: string, ledger: Ledger, tally: Tally, autoSave: boolean): Promise<void> {
  const module = createSqlJsStorage({ filename, autoSave });
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
  report("F1, F8 kill -9, sql.js", { injected: KILLS, ...tally });
  expect(tally).toMatchObject({ lost: 0, corrupt: 0 });
  expect(tally.acknowledged).toBeGreaterThanOrEqual(KILLS);
});
