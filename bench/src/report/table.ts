import type { Result } from "../measure/measure.js";
import { quantity } from "./quantity.js";

const HEADINGS = ["case", "peer", "ours", "theirs", "ratio", "low – high", "target", ""] as const;
/** These columns hold numbers, and end together. */
const RIGHT = new Set([2, 3, 4, 6]);

const ratio = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

function cells(result: Result): string[] {
  const { atLeast } = result;
  const reached = result.ratio >= (atLeast ?? 0);
  return [
    result.case,
    result.peer,
    quantity(result.subjectValue, result.unit),
    quantity(result.peerValue, result.unit),
    ratio(result.ratio),
    `${ratio(result.low)} – ${ratio(result.high)}`,
    atLeast === undefined ? "" : `≥ ${ratio(atLeast)}`,
    atLeast === undefined ? "" : reached ? "reached" : "missed",
  ];
}

/** The results of one suite as a Markdown table, which reads as well in a terminal. */
export function renderTable(results: readonly Result[]): string {
  const rows = [[...HEADINGS], ...results.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (RIGHT.has(column) ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join("\n");
}
