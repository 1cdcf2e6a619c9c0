import path from "node:path";

import type { Reporter, TestCase, TestModule } from "vitest/node";

/** How many tests ended how. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** One line of the table: the cases of one spec on one backend. */
interface Row extends Tally {
  readonly backend: string;
  /** `gati`, or a foreign spec. */
  readonly spec: string;
}

/**
 * Closes a run with what a reader wants to know: how many conformance cases each backend passed, which faults were injected and
 * what became of the writes (see test/faults/report.ts), what this machine could not prove, and one plain line of totals.
 * Skipped cases are shown, never hidden.
 */
export default class Summary implements Reporter {
  readonly #faults: string[] = [];
  readonly #notProved = new Set<string>();

  onUserConsoleLog({ content }: { readonly content: string }): void {
    const lines = content.split("\n");
    this.#faults.push(...lines.filter((text) => /^F\d+\b.*: .*\blost \d/.test(text)));
    for (const text of lines) if (text.startsWith("NOT PROVED: ")) this.#notProved.add(text);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const conformance = modules
      .filter((module) => isConformance(module.moduleId))
      .flatMap(rowsOf)
      .toSorted((a, b) => compareTexts(a.spec, b.spec) || compareTexts(a.backend, b.backend));
    if (conformance.length > 0) console.log(`\nConformance\n${table(conformance)}`);
    if (this.#faults.length > 0) console.log(`\nFaults\n${faultTable(this.#faults)}`);
    if (this.#notProved.size > 0) console.log(`\n${[...this.#notProved].join("\n")}`);
    const all = tally(modules.flatMap((module) => [...module.children.allTests()]));
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

/** Of Gati's spec a file has the cases, of foreign ones a suite for each; without any, where a server is missing, one skipped test. */
function rowsOf(module: TestModule): Row[] {
  const backend = path.basename(module.moduleId, ".test.ts");
  const isForeign = path.basename(path.dirname(path.dirname(module.moduleId))) === "foreign";
  if (!isForeign) return [{ backend, spec: "gati", ...tally([...module.children.allTests()]) }];
  const suites = [...module.children.suites()];
  if (suites.length === 0) return [{ backend, spec: "foreign", ...tally([...module.children.allTests()]) }];
  return suites.map((suite) => ({ backend, spec: suite.name, ...tally([...suite.children.allTests()]) }));
}

function tally(tests: readonly TestCase[]): Tally {
  const result: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const test of tests) {
    const { state } = test.result();
    if (state === "passed") result.passed++;
    else if (state === "skipped") result.skipped++;
    else result.failed++;
  }
  return result;
}

const rowText = (spec: string, backend: string, ...counts: (string | number)[]): string =>
  `  ${spec.padEnd(10)}${backend.padEnd(30)}${counts.map((count) => String(count).padStart(9)).join("")}`;

function table(rows: readonly Row[]): string {
  return [
    rowText("spec", "backend", "cases", "passed", "failed", "skipped"),
    ...rows.map(({ spec, backend, passed, failed, skipped }) =>
      rowText(spec, backend, passed + failed + skipped, passed, failed, skipped),
    ),
  ].join("\n");
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
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
      .toSorted((a, b) => faultNumber(a.name) - faultNumber(b.name) || compareTexts(a.name, b.name))
      .map(({ name, common, rest }) => print(name, common, rest)),
  ].join("\n");
}

function faultNumber(name: string): number {
  return Number(/^F(\d+)/.exec(name)?.[1] ?? 0);
}
