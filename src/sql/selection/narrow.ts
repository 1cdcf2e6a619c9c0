import { compareNumbers, compareStrings } from "../../ordering/compare.js";
import type { Selection, SelectionValue } from "../../selection/selection.js";

/** A place, undefined in what all rows share that are asked for. */
export type NarrowedPlace = readonly (SelectionValue | null | undefined)[];

/** A selection made to fit. */
export interface NarrowedSelection extends Omit<Selection, "after"> {
  readonly after?: NarrowedPlace | undefined;
}

/**
 * The same selection, its bounds and its place made to fit: a place before the bounds is left out, and behind them nothing is
 * left, which an empty range says. So a place that remains lies within the bounds, and a statement needs only the far one.
 * `descends`: whether the list begins with the greatest value of the field that is bounded.
 */
export function narrowSelection(selection: Selection, descends: boolean): Selection {
  const { from, to, after } = selection;
  if (after === undefined || (from === undefined && to === undefined)) return selection;
  const [first = null] = after;
  const isBelow = first === null || (from !== undefined && compare(first, from) < 0);
  const isAbove = first !== null && to !== undefined && compare(first, to) >= 0;
  if (descends ? isAbove : isBelow) return { ...selection, after: undefined };
  if (!isBelow && !isAbove) return selection;
  const bound = from ?? to;
  return { ...selection, after: undefined, from: bound, to: bound };
}

/**
 * The same selection, its place without what all rows share: `comparedWith` tells of each of its values which of the given ones, the
 * first of them always compared, its field is compared with; -1 for none. A place that differs there, from a list that was narrowed
 * otherwise, stays as it is.
 */
export function withoutShared(
  where: readonly SelectionValue[],
  selection: Selection,
  comparedWith: readonly number[],
): NarrowedSelection {
  const given = [...where, ...selection.filters];
  const after = selection.after?.map((value, index) =>
    value === given[comparedWith[index] ?? -1] ? undefined : value,
  );
  return { ...selection, after };
}

/** Only strings and numbers have ranges. */
function compare(a: SelectionValue, b: SelectionValue): number {
  return typeof a === "string" ? compareStrings(a, b as string) : compareNumbers(a as number, b as number);
}
