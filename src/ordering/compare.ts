/** A value in an index or an order: null stands for absent, and for `NaN`, which has no place among the numbers. */
export type IndexValue<T extends string | number | boolean> = T | null;

/** Numbers by size; an absent one first (rule S6). Negative, zero or positive, as for `Array.prototype.sort`. */
export function compareNumbers(a: IndexValue<number>, b: IndexValue<number>): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** `false` before `true`; an absent one first (rule S6). */
export function compareBooleans(a: IndexValue<boolean>, b: IndexValue<boolean>): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a ? 1 : -1;
}

/** Strings by code point, never by locale or UTF-16 unit; an absent one first (rule S6). */
export function compareStrings(a: IndexValue<string>, b: IndexValue<string>): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB);
  }
  return a.length - b.length;
}

/** Lifts surrogates, which encode the code points from U+10000, above the units U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
