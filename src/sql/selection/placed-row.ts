import type { Placed } from "../../selection/selection.js";

/** A row of a document's text and, last, its position, which drivers may answer with as text. */
export function placedRow(row: readonly unknown[]): Placed<string> {
  return { data: row[0] as string, position: Number(row.at(-1)) };
}
