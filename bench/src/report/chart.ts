import type { Result } from "../measure/measure.js";
import type { RecordedSuite } from "./record.js";

const WIDTH = 1000;
/** Where the plot begins and ends; the words of a row stand before it, its ratio behind. */
const LEFT = 470;
const RIGHT = 930;
const TOP = 64;
const ROW = 20;
const BAR = 10;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .background { fill: #ffffff } .grid { stroke: #d1d9e0 } .parity { stroke: #1f2328 }
  .title { font-size: 15px; font-weight: 600 } .suite { font-weight: 600 } .faint { fill: #59636e }
  .reached { fill: #2f7fd1 } .missed { fill: #c9600f } .spread { stroke: #59636e } .target { stroke: #1f2328; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .background { fill: #0d1117 } .grid { stroke: #30363d } .parity { stroke: #f0f6fc }
    .faint { fill: #9198a1 } .reached { fill: #4c9be8 } .missed { fill: #e07f35 } .spread { stroke: #9198a1 } .target { stroke: #f0f6fc }
  }`;

/** Bars of the ratios that have a target, on a logarithmic scale around parity, as an SVG that is the same for the same results. */
export function renderChart(title: string, suites: readonly RecordedSuite[]): string {
  const groups = suites
    .map((suite) => ({ ...suite, results: suite.results.filter(({ atLeast }) => atLeast !== undefined) }))
    .filter(({ results }) => results.length > 0);
  const axis = axisOf(groups.flatMap(({ results }) => results));
  const parts: string[] = [];
  let y = TOP;
  for (const { name, results } of groups) {
    parts.push(text(16, y + 14, headingOf(name, results), "suite"));
    y += ROW + 2;
    for (const result of results) {
      parts.push(row(result, y, axis));
      y += ROW;
    }
    y += 8;
  }
  const lines = axis.ticks.map((tick) => {
    const x = round(axis.at(tick));
    return `<line class="${tick === 1 ? "parity" : "grid"}" x1="${x}" x2="${x}" y1="${TOP}" y2="${y}"/>${text(x, TOP - 8, String(tick), "faint", "middle")}`;
  });
  const height = y + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>${escape(title)}</title>
<style>${STYLE}
</style>
<rect class="background" width="${WIDTH}" height="${height}"/>
${text(16, 24, title, "title")}
${text(16, 44, "their time divided by ours: 1 is parity, more is better", "faint")}
${text(RIGHT, 24, "bar: median; thin line: least to greatest round; tick: target; orange: missed", "faint", "end")}
${[...lines, ...parts].join("\n")}
</svg>
`;
}

/** Cases of the suite that measures several packages do not tell them apart, so that its heading must. */
function headingOf(suite: string, results: readonly Result[]): string {
  const subjects = new Set(results.map(({ subject }) => subject));
  return subjects.size === 1 ? `${suite}: ${[...subjects].join("")}` : suite;
}

interface Axis {
  readonly ticks: readonly number[];
  at(ratio: number): number;
}

/** From one power of ten to another, with 1 among them. */
function axisOf(results: readonly Result[]): Axis {
  const values = results
    .flatMap(({ low, high, atLeast }) => [low, high, atLeast ?? 1])
    .filter((value) => value > 0);
  const first = Math.floor(Math.log10(Math.min(0.1, ...values)));
  const last = Math.ceil(Math.log10(Math.max(10, ...values)));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
  return {
    ticks,
    at: (ratio) => LEFT + ((Math.log10(ratio) - first) / (last - first)) * (RIGHT - LEFT),
  };
}

function row({ case: name, peer, ratio, low, high, atLeast = 1 }: Result, y: number, axis: Axis): string {
  const middle = y + ROW / 2;
  const [from, to] = [axis.at(1), axis.at(ratio)].toSorted((a, b) => a - b) as [number, number];
  const color = ratio >= atLeast ? "reached" : "missed";
  const target = round(axis.at(atLeast));
  return [
    text(LEFT - 12, middle + 4, `${name} / ${peer}`, "", "end"),
    `<rect class="${color}" x="${round(from)}" y="${middle - BAR / 2}" width="${round(to - from)}" height="${BAR}"/>`,
    `<line class="spread" x1="${round(axis.at(low))}" x2="${round(axis.at(high))}" y1="${middle}" y2="${middle}"/>`,
    `<line class="target" x1="${target}" x2="${target}" y1="${middle - BAR / 2 - 2}" y2="${middle + BAR / 2 + 2}"/>`,
    text(WIDTH - 16, middle + 4, ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2), "", "end"),
  ].join("");
}

function text(x: number, y: number, content: string, style: string, anchor = "start"): string {
  const name = style === "" ? "" : ` class="${style}"`;
  return `<text${name} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escape = (content: string): string =>
  content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
