import { SortedList } from "./sorted-list.js";

/** A row in memory, with the position of its first storing (rule S6). */
export interface Entry<Row> {
  readonly row: Row;
  readonly position: number;
}

/** The map inside `map` at `key`, made when it is missing. */
export function mapAt<K, K2, V>(map: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, (inner = new Map()));
  return inner;
}

/** The list inside `map` at `key`, made when it is missing. */
export function listAt<K, T>(
  map: Map<K, SortedList<T>>,
  key: K,
  compare: (a: T, b: T) => number,
): SortedList<T> {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = new SortedList(compare)));
  return list;
}

/** Puts `entry` into `list`, in the place of `previous`, which may have been in another list. */
export function listEntry<T>(
  list: SortedList<T>,
  entry: T,
  previous: { readonly list: SortedList<T>; readonly entry: T } | undefined,
): void {
  if (previous === undefined) list.add(entry);
  else if (previous.list === list) list.replace(previous.entry, entry);
  else {
    previous.list.remove(previous.entry);
    list.add(entry);
  }
}
