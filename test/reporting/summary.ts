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
 * Closes a run with what a reader wants to know: how many conformance cases each backend passed, which faults were injected and
 * what became of the writes (see test/faults/report.ts), and one plain line of totals.
 * Skipped cases are shown, never hidden.
 */
export default class Summary implements Reporter {
  readonly #faults: string[] = [];

  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#faults.push(...content.split("\n").filter((line) => /^F\d+\b.*: .*\blost \d/.test(line)));
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const conformance = modules
      .filter((module) => isConformance(module.moduleId))
      .map((module) => tally(path.basename(module.moduleId, ".test.ts"), [module]))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (conformance.length > 0) console.log(`\nConformance\n${table(conformance)}`);
    if (this.#faults.length > 0) console.log(`\nFaults\n${faultTable(this.#faults)}`);
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

/** The lines of faults, in the order of their numbers: what is common to all in columns, the rest behind. */
function faultTable(lines: readonly string[]): string {
  const rows = lines.map((line) => {
    const colon = line.indexOf(": ");
    const facts = new Map(
      line
        .slice(colon + 2)
        .split(", ")
        .map((fact): [string, string] => [
          fact.slice(0, fact.lastIndexOf(" ")),
          fact.slice(fact.lastIndexOf(" ") + 1),
        ]),
    );
    const take = (name: string): string => {
      const value = facts.get(name) ?? "";
      facts.delete(name);
      return value;
    };
    const common = [take("injected"), take("acknowledged"), take("lost")];
    return { name: line.slice(0, colon), common, rest: [...facts].map((fact) => fact.join(" ")).join(", ") };
  });
  const width = Math.max(...rows.map(({ name }) => name.length));
  const print = (name: string, common: readonly string[], rest: string): string =>
    `  ${name.padEnd(width)}${common.map((value) => value.padStart(14)).join("")}   ${rest}`.trimEnd();
  return [
    print("fault", ["injected", "acknowledged", "lost"], ""),
    ...rows
      .toSorted((a, b) => faultNumber(a.name) - faultNumber(b.name) || (a.name < b.name ? -1 : 1))
      .map(({ name, common, rest }) => print(name, common, rest)),
  ].join("\n");
}

function faultNumber(name: string): number {
  return Number(/^F(\d+)/.exec(name)?.[1] ?? 0);
}
