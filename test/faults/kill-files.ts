/* oxlint-disable no-await-in-loop -- one kill after the other */
import path from "node:path";

import type { StorageModule } from "@gati-framework/storage";
import { expect, test } from "vitest";

import { inspectFile } from "../better-sqlite3/support.js";
import { countFaults, killWriter, type Ledger, newTally, type Tally, total } from "./kill-rounds.js";
import { report } from "./report.js";
import { tempFolder } from "./temp-folder.js";

const LANES = 2;

/** A backend that keeps everything in a file. */
export interface FileBackend {
  /** As `test/faults/children/open.mjs` names it. */
  readonly name: string;
  readonly kills: number;
  /** So many kills a file. */
  readonly roundsAFile: number;
  /** What the writers open the file with. */
  writerOptions(filename: string): object;
  /** Opens the file to look into it. */
  open(filename: string, round: number): StorageModule;
  /** In which rounds the parent looks before the next writer opens what the kill has left; always in the last. */
  looksIn(round: number): boolean;
}

/** The test that kills writers on one file after the other, and checks everything that was ever written to it. */
export function testKills(backend: FileBackend): void {
  const kills = Number(process.env["STORAGE_TEST_KILLS"] ?? backend.kills);

  test(
    `F1, F8, S12: ${kills} kills under load lose no acknowledged write`,
    { timeout: 300_000 },
    async () => {
      const folder = tempFolder();
      const tally = { ...newTally(), corrupt: 0 };
      const rounds = Math.ceil(kills / LANES);
      await Promise.all(
        Array.from({ length: LANES }, (_, lane) =>
          runLane(backend, folder, lane, Math.min(rounds, kills - lane * rounds), tally),
        ),
      );
      report(`F1, F8 kill -9, ${backend.name}`, { injected: kills, ...tally });
      expect(tally).toMatchObject({ lost: 0, torn: 0, corrupt: 0 });
      expect(tally.acknowledged).toBeGreaterThanOrEqual(kills);
    },
  );
}

type FileTally = Tally & { corrupt: number };

async function runLane(
  backend: FileBackend,
  folder: string,
  lane: number,
  rounds: number,
  tally: FileTally,
): Promise<void> {
  let ledger: Ledger = new Map();
  for (let round = 0; round < rounds; round++) {
    if (round % backend.roundsAFile === 0) ledger = new Map();
    const filename = path.join(folder, `${lane}-${Math.floor(round / backend.roundsAFile)}.db`);
    const writer = [backend.name, JSON.stringify(backend.writerOptions(filename)), round * 1_000_000];
    tally.acknowledged += await killWriter(ledger, writer, (round * 37 + lane * 17) % 61);
    if (backend.looksIn(round) || round === rounds - 1)
      await checkFile(filename, backend.open(filename, round), ledger, tally);
  }
}

async function checkFile(
  filename: string,
  module: StorageModule,
  ledger: Ledger,
  tally: FileTally,
): Promise<void> {
  const rows = await countFaults(module.exports, ledger, tally);
  const stats = module.exports.getStats();
  await module.shutdown();
  const { check, counts } = inspectFile(filename);
  if (check !== "ok") tally.corrupt++;
  expect(stats, "stats are exact").toEqual(counts);
  expect(total(counts), "nothing is there that was not written").toBe(rows);
}
