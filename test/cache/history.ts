/* oxlint-disable no-await-in-loop -- one process after the other */
import fs from "node:fs";
import path from "node:path";

import { startChild } from "../faults/child.js";
import { tempFolder } from "../faults/temp-folder.js";

/** One call of a process, by the machine's clock, in nanoseconds. */
export interface Call {
  readonly process: number;
  readonly kind: string;
  readonly key: string;
  readonly revision: number;
  readonly begin: bigint;
  readonly end: bigint;
}

/** Lets processes read and write the same documents at the same time. Everything that they did. */
export async function historyOf(
  processes: number,
  calls: number,
  backend: string,
  options: object,
): Promise<readonly Call[]> {
  const go = path.join(tempFolder(), "go");
  const children = Array.from({ length: processes }, (_, me) =>
    startChild("read-and-write.mjs", [backend, JSON.stringify(options), go, me, processes, calls]),
  );
  for (const child of children) await child.line((line) => line === "open");
  fs.writeFileSync(go, "");
  const history: Call[] = [];
  for (const [process, child] of children.entries()) {
    const { lines, stderr, exitCode } = await child.ended;
    if (exitCode !== 0) throw new Error(`process ${process} failed\n${stderr}`);
    for (const line of lines.slice(1)) {
      const [kind = "", key = "", revision, begin = "", end = ""] = line.split(" ");
      history.push({
        process,
        kind,
        key,
        revision: Number(revision),
        begin: BigInt(begin),
        end: BigInt(end),
      });
    }
  }
  return history;
}

/**
 * The reads that answered what was out of date: less than what had been stored when they began, or, of what another process has
 * stored, `lag` milliseconds before. And those that answered what nobody had begun to store.
 */
export function staleReads(history: readonly Call[], lag = 0): readonly string[] {
  const nanoseconds = BigInt(lag) * 1_000_000n;
  const stores = history.filter((call) => call.kind === "store");
  return history.flatMap((read) => {
    if (read.kind !== "read") return [];
    const ofKey = stores.filter((store) => store.key === read.key);
    const seen = ofKey.filter(
      (store) => store.end < read.begin - (store.process === read.process ? 0n : nanoseconds),
    );
    const least = Math.max(0, ...seen.map((store) => store.revision));
    const most = Math.max(
      0,
      ...ofKey.filter((store) => store.begin < read.end).map((store) => store.revision),
    );
    if (read.revision >= least && read.revision <= most) return [];
    return [`process ${read.process} read revision ${read.revision} of ${read.key}, not ${least} to ${most}`];
  });
}

/** How many reads answered what another process had stored since the reader last looked: a history without them proves nothing. */
export function countNews(history: readonly Call[]): number {
  const last = new Map<string, number>();
  const writers = new Map(
    history.filter((call) => call.kind === "store").map((call) => [call.key, call.process]),
  );
  return history.filter((call) => {
    if (call.kind !== "read" || writers.get(call.key) === call.process) return false;
    const place = `${call.process} ${call.key}`;
    const before = last.get(place) ?? 0;
    last.set(place, call.revision);
    return call.revision > before;
  }).length;
}
