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

/** Everything in nested maps, `depth` levels of them; nothing when there is no map. */
export function leavesOf<Leaf>(map: ReadonlyMap<unknown, unknown> | undefined, depth: number): Leaf[] {
  if (map === undefined) return [];
  const values = [...map.values()];
  return depth === 1
    ? (values as Leaf[])
    : values.flatMap((inner) => leavesOf<Leaf>(inner as ReadonlyMap<unknown, unknown>, depth - 1));
}

/** Puts a value into nested maps at `keys`, one for each level. */
export function setAt(map: Map<unknown, unknown>, keys: readonly unknown[], value: unknown): void {
  let at = map;
  for (const key of keys.slice(0, -1)) at = mapAt(at as Map<unknown, Map<unknown, unknown>>, key);
  at.set(keys.at(-1), value);
}

/** Deletes what nested maps hold at `keys`, and every map that is left empty. */
export function deleteAt(map: Map<unknown, unknown>, keys: readonly unknown[]): void {
  const [key, ...rest] = keys;
  if (rest.length === 0) {
    map.delete(key);
    return;
  }
  const inner = map.get(key) as Map<unknown, unknown> | undefined;
  if (inner === undefined) return;
  deleteAt(inner, rest);
  if (inner.size === 0) map.delete(key);
}

/**
 * Takes entries out of the lists that they are in, each list in one pass. Calls `emptied` with an entry of each list that is left
 * empty.
 */
export function unlistEntries<T>(
  entries: readonly T[],
  listOf: (entry: T) => SortedList<T>,
  emptied: (entry: T) => void,
): void {
  const byList = new Map<SortedList<T>, Set<T>>();
  for (const entry of entries) {
    const list = listOf(entry);
    const gone = byList.get(list);
    if (gone === undefined) byList.set(list, new Set([entry]));
    else gone.add(entry);
  }
  for (const [list, gone] of byList) {
    const [entry] = gone;
    if (gone.size === 1) list.remove(entry as T);
    else list.removeAll(gone);
    if (list.length === 0) emptied(entry as T);
  }
}
