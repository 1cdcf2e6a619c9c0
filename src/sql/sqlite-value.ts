/** What SQLite's drivers bind for a value: they know no booleans. */
export function sqliteValue<T>(value: T): Exclude<T, boolean> | number {
  return (typeof value === "boolean" ? Number(value) : value) as Exclude<T, boolean> | number;
}
