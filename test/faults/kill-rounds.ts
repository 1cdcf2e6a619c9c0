import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

import type { StorageContract, StorageStats } from "@gati-framework/storage";

import { startChild } from "./child.js";
import { documentOf, read } from "./children/documents.mjs";

/** What a killed writer had been told, of one document. */
export interface Expected {
  readonly kind: string;
  readonly id: number;
  /** The latest revision that was acknowledged; 0 when none was. */
  acknowledged: number;
  /** The latest revision that was called. */
  started: number;
}

/** Everything that writers have been told about one database, by document. */
export type Ledger = Map<string, Expected>;

/**
 * Starts a writer, kills it `milliseconds` after its first acknowledgement, and enters what it printed. Returns how many
 * writes were acknowledged.
 */
export async function killWriter(
  ledger: Ledger,
  writer: readonly (string | number)[],
  milliseconds: number,
): Promise<number> {
  const child = startChild("write-until-killed.mjs", writer);
  await child.line((line) => line.startsWith("done "));
  await delay(milliseconds);
  child.process.kill("SIGKILL");
  const { lines, stderr, signal } = await child.ended;
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${stderr}`);

  let acknowledged = 0;
  for (const line of lines) {
    const [event, kind, id, revision] = line.split(" ") as [string, string, string, string];
    const key = `${kind} ${id}`;
    const entry = ledger.get(key) ?? { kind, id: Number(id), acknowledged: 0, started: 0 };
    ledger.set(key, entry);
    if (event === "start") entry.started = Number(revision);
    else {
      entry.acknowledged = Number(revision);
      acknowledged++;
    }
  }
  return acknowledged;
}

/** What kills have done. */
export interface Tally {
  acknowledged: number;
  lost: number;
  torn: number;
}

export const newTally = (): Tally => ({ acknowledged: 0, lost: 0, torn: 0 });

/** Compares everything that was ever written with the ledger, counts what is wrong, and returns how many rows there are. */
export async function countFaults(storage: StorageContract, ledger: Ledger, tally: Tally): Promise<number> {
  let rows = 0;
  for (const entry of ledger.values()) {
    // oxlint-disable-next-line no-await-in-loop -- thousands at once would wait for each other
    const found = await read(storage, entry.kind, entry.id);
    if (found !== undefined) rows++;
    const fault = findFault(entry, found);
    if (fault !== undefined) tally[fault]++;
  }
  return rows;
}

/** How many rows there are of all kinds. */
export const total = (stats: StorageStats): number =>
  Object.values(stats).reduce((sum, count) => sum + count, 0);

/**
 * What is wrong with a document, by the ledger: it has to be the acknowledged revision or one that was in flight after it, and
 * whole.
 */
function findFault(
  entry: Expected,
  found: { readonly revision?: number } | undefined,
): "lost" | "torn" | undefined {
  if (found === undefined) return entry.acknowledged > 0 ? "lost" : undefined;
  const revision = found.revision ?? 0;
  if (revision < entry.acknowledged) return "lost";
  if (revision > entry.started) return "torn";
  try {
    assert.deepEqual(found, documentOf(entry.kind, entry.id, revision));
    return undefined;
  } catch {
    return "torn";
  }
}
