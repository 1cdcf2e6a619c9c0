/** Whether JSON carries `value` unchanged: it has no NaN, no infinities and no -0. */
export function isPlainNumber(value: number): boolean {
  // Infinity and NaN do not give 0; -0 does, and only division tells it from 0.
  return value - value === 0 && (value !== 0 || 1 / value > 0);
}

const SPECIAL_NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/** The name of a number that JSON cannot carry. */
export function nameOfNumber(value: number): string {
  return value === 0 ? "-0" : String(value);
}

/** The number of that name, or `undefined`. */
export function numberOfName(name: unknown): number | undefined {
  return SPECIAL_NUMBERS.get(name);
}
