import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { renderChart } from "./chart.js";
import { addRun, readRecord, type RecordedRun, type RecordedSuite, writeRecord } from "./record.js";
import { renderTable } from "./table.js";

/** From `bench/dist/report`. */
const DOCS = fileURLToPath(new URL("../../../docs", import.meta.url));

const BEGIN = "<!-- Written by `pnpm bench --page`, until the end mark. -->";
const END = "<!-- End mark. -->";

/** Of the suite that compares a storage with itself there are so many rows that they have a chart of their own. */
const GROWTH = "scale";

/** The page's files, by name, as they are to be for what was recorded. */
function renderPage(page: string, record: readonly RecordedRun[]): Readonly<Record<string, string>> {
  const suites = record.flatMap((run) => run.suites);
  const growth = (wanted: boolean) => suites.filter(({ name }) => (name === GROWTH) === wanted);
  return {
    "benchmarks.md": replaceMarked(page, renderRuns(record)),
    "benchmarks.svg": renderChart("Ratios that have a target", growth(false)),
    "benchmarks-scale.svg": renderChart(
      "Reads where there is much, beside where there is little",
      growth(true),
    ),
  };
}

/** Puts a run into the page, its charts, and the record that they are made of. */
export function addToPage(run: RecordedRun): void {
  const file = path.join(DOCS, "benchmarks.json");
  writeRecord(file, addRun(readRecord(file), run));
  redrawPage();
}

/** Makes the page and its charts again of the record. */
export function redrawPage(): void {
  const page = readFileSync(path.join(DOCS, "benchmarks.md"), "utf8");
  const record = readRecord(path.join(DOCS, "benchmarks.json"));
  for (const [name, content] of Object.entries(renderPage(page, record))) {
    writeFileSync(path.join(DOCS, name), content);
  }
}

function renderRuns(record: readonly RecordedRun[]): string {
  return record
    .map(({ about, suites }) =>
      [about.map((line) => `- ${line}`).join("\n"), ...suites.map(renderSuite)].join("\n\n"),
    )
    .join("\n\n");
}

function renderSuite({ name, about, results }: RecordedSuite): string {
  return `### ${name}: ${about}\n\n${renderTable(results)}`;
}

function replaceMarked(page: string, content: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`docs/benchmarks.md lacks the line ${begin < 0 ? BEGIN : END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${content}\n\n${page.slice(end)}`;
}
