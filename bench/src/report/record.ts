import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Result } from "../measure/measure.js";

/** What one run measured. */
export interface RecordedRun {
  /** Machine, versions, load, seed: a line each. */
  readonly about: readonly string[];
  readonly suites: readonly RecordedSuite[];
}

export interface RecordedSuite {
  readonly name: string;
  readonly about: string;
  readonly results: readonly Result[];
}

/** The last run of each suite, the oldest run first; nothing where there is no file. */
export function readRecord(file: string): readonly RecordedRun[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly RecordedRun[]) : [];
}

/** Adds a run. Its suites are forgotten of earlier ones, and so are runs of which nothing is left. */
export function addRun(record: readonly RecordedRun[], run: RecordedRun): readonly RecordedRun[] {
  const measured = new Set(run.suites.map((suite) => suite.name));
  const earlier = record.map(({ about, suites }) => ({
    about,
    suites: suites.filter((suite) => !measured.has(suite.name)),
  }));
  return [...earlier, run].filter(({ suites }) => suites.length > 0);
}

/** Numbers with four digits: more would only say how the noise was. */
export function writeRecord(file: string, record: readonly RecordedRun[]): void {
  const text = JSON.stringify(
    record,
    (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(4)) : value),
    2,
  );
  writeFileSync(file, `${text}\n`);
}
