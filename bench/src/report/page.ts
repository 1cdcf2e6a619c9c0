import { readFileSync, rmSync, writeFileSync } from "node:fs";
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

interface Chart {
  readonly file: string;
  readonly title: string;
  readonly caption: string;
  shows(suite: string): boolean;
}

const CHARTS: readonly Chart[] = [
  {
    file: "benchmarks.svg",
    title: "Ratios that have a target",
    caption: "Ratios that have a target, as bars around parity",
    shows: (suite) => suite !== GROWTH,
  },
  {
    file: "benchmarks-scale.svg",
    title: "Reads beside much and beside little",
    caption: "Reads of storages that hold much beside themselves holding little",
    shows: (suite) => suite === GROWTH,
  },
];

/** The page's files, by name, as they are to be for what was recorded: undefined is a chart that nothing would be in. */
function renderPage(
  page: string,
  record: readonly RecordedRun[],
): Readonly<Record<string, string | undefined>> {
  const suites = record.flatMap((run) => run.suites);
  const charts = CHARTS.map(({ shows, ...chart }) => {
    const shown = suites.filter(({ name }) => shows(name));
    return { ...chart, svg: hasTargets(shown) ? renderChart(chart.title, shown) : undefined };
  });
  const images = charts
    .filter(({ svg }) => svg !== undefined)
    .map(({ file, caption }) => `![${caption}](${file})`);
  return {
    "benchmarks.md": replaceMarked(page, [...images, renderRuns(record)].join("\n\n")),
    ...Object.fromEntries(charts.map(({ file, svg }) => [file, svg])),
  };
}

function hasTargets(suites: readonly RecordedSuite[]): boolean {
  return suites.some(({ results }) => results.some(({ atLeast }) => atLeast !== undefined));
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
    const target = path.join(DOCS, name);
    if (content === undefined) rmSync(target, { force: true });
    else writeFileSync(target, content);
  }
}

function renderRuns(record: readonly RecordedRun[]): string {
  return record
    .map(({ about, suites }) =>
      [about.map((line) => `- ${line}`).join("\n"), ...suites.filter(hasResults).map(renderSuite)].join(
        "\n\n",
      ),
    )
    .join("\n\n");
}

const hasResults = ({ results }: RecordedSuite): boolean => results.length > 0;

function renderSuite({ name, about, results }: RecordedSuite): string {
  return `### ${name}: ${about}\n\n${renderTable(results)}`;
}

function replaceMarked(page: string, content: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`docs/benchmarks.md lacks the line ${begin < 0 ? BEGIN : END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${content}\n\n${page.slice(end)}`;
}
