import path from "node:path";

import type { Reporter, TestModule } from "vitest/node";

/** One line of the table. */
interface Tally {
  readonly name: string;
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Closes a run with what a reader wants to know: how many conformance cases each backend passed, and one plain line of totals.
 * Skipped cases are shown, never hidden.
 */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const conformance = modules
      .filter((module) => isConformance(module.moduleId))
      .map((module) => tally(path.basename(module.moduleId, ".test.ts"), [module]))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (conformance.length > 0) console.log(`\nConformance\n${table(conformance)}`);
    const all = tally("all", modules);
    const broken = modules.filter(
      (module) => module.state() === "failed" && module.errors().length > 0,
    ).length;
    console.log(`\n${all.passed} passed, ${all.failed + broken} failed, ${all.skipped} skipped`);
  }
}

/** Files beside those of the backends, which prove the suite itself. */
const PROOFS_OF_THE_SUITE = new Set(["arbitraries", "backends", "suite-detects"]);

function isConformance(file: string): boolean {
  const isInFolder = path.basename(path.dirname(file)) === "conformance";
  return isInFolder && !PROOFS_OF_THE_SUITE.has(path.basename(file, ".test.ts"));
}

function tally(name: string, modules: readonly TestModule[]): Tally {
  const result: Tally = { name, passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") result.passed++;
      else if (state === "skipped") result.skipped++;
      else result.failed++;
    }
  }
  return result;
}

function table(rows: readonly Tally[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length), "backend".length);
  const line = (name: string, ...counts: (string | number)[]): string =>
    `  ${name.padEnd(width)}${counts.map((count) => String(count).padStart(9)).join("")}`;
  return [
    line("backend", "cases", "passed", "failed", "skipped"),
    ...rows.map(({ name, passed, failed, skipped }) =>
      line(name, passed + failed + skipped, passed, failed, skipped),
    ),
  ].join("\n");
}
