import { writeFileSync } from "node:fs";
import type { Result } from "../measure/measure.js";

/** Writes an array of `{ suite, case, subject, peer, ratio, low, high, rounds }`; more is better, 1 is parity. */
export function writeJson(file: string, results: readonly Result[]): void {
  const rows = results.map(({ suite, case: name, subject, peer, ratio, low, high, rounds }) => ({
    suite,
    case: name,
    subject,
    peer,
    ratio,
    low,
    high,
    rounds,
  }));
  writeFileSync(file, `${JSON.stringify(rows, undefined, 2)}\n`);
}
