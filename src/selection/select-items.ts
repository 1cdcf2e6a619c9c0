import type { SortedList } from "../ordering/sorted-list.js";
import type { Place, Selection, SelectionValue } from "./selection.js";

/** What selecting needs to know of the items of a list. */
export interface ListRules<T> {
  /** The value that the list is first ordered by; null when it is absent. */
  firstOf(item: T): SelectionValue | null;
  /** Compares two such values, ascending. */
  compareFirst(a: SelectionValue | null, b: SelectionValue | null): number;
  /** Whether the list has the greatest of them first. */
  readonly firstDescends: boolean;
  /** How an item stands to a place, in the order of the list. */
  compareToPlace(item: T, place: Place): number;
}

/** The items of an ordered list that a selection leaves, in order or in reverse. Found by halving, not by looking at each. */
export function selectItems<T>(
  list: SortedList<T> | undefined,
  selection: Selection,
  rules: ListRules<T>,
  descending: boolean,
): readonly T[] {
  if (list === undefined) return [];
  let [start, end] = rangeOf(list, selection, rules);
  const { after, limit } = selection;
  if (after !== undefined && !descending) {
    start = Math.max(
      start,
      list.partition((item) => rules.compareToPlace(item, after) <= 0),
    );
  }
  if (after !== undefined && descending) {
    end = Math.min(
      end,
      list.partition((item) => rules.compareToPlace(item, after) < 0),
    );
  }
  if (limit !== undefined && !descending) end = Math.min(end, start + limit);
  if (limit !== undefined && descending) start = Math.max(start, end - limit);
  if (start >= end) return [];
  const items = list.items.slice(start, end);
  return descending ? items.toReversed() : items;
}

/** How many items a selection leaves. */
export function countItems<T>(
  list: SortedList<T> | undefined,
  selection: Selection,
  rules: ListRules<T>,
): number {
  if (list === undefined) return 0;
  const [start, end] = rangeOf(list, selection, rules);
  return Math.max(0, end - start);
}

/** Indexes of the first item within the bounds, and of the first one beyond. An item without a value is in no range. */
function rangeOf<T>(
  list: SortedList<T>,
  { from, to }: Selection,
  { firstOf, compareFirst, firstDescends }: ListRules<T>,
): [number, number] {
  if (from === undefined && to === undefined) return [0, list.length];
  const isBelow = (item: T): boolean => {
    const value = firstOf(item);
    return value === null || (from !== undefined && compareFirst(value, from) < 0);
  };
  const isAbove = (item: T): boolean => to !== undefined && compareFirst(firstOf(item), to) >= 0;
  return firstDescends
    ? [list.partition(isAbove), list.partition((item) => !isBelow(item))]
    : [list.partition(isBelow), list.partition((item) => !isAbove(item))];
}
