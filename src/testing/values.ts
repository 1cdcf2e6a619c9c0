import type { FieldKind } from "./facts.js";
import { HOSTILE_TEXTS, IMPOSSIBLE_TEXTS } from "./texts.js";

/** Values in no order, many of them twice; `undefined` is an absent one. */
export const ORDER_VALUES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  number: [
    3,
    -1,
    0,
    Number.NaN,
    2.5,
    Infinity,
    undefined,
    -Infinity,
    3,
    -0,
    10,
    9,
    1e308,
    5e-324,
    -1,
    2,
    undefined,
    3,
  ],
  string: [
    "b",
    "a",
    // Some drivers take it for a mark of the text's encoding, and drop it.
    "\ufeffa",
    "\uffff",
    "A",
    "",
    "\u{10000}",
    "e\u0301",
    undefined,
    "\u00e9",
    "\ue000",
    "aa",
    "a",
    "B",
    "10",
    "9",
    "\u{1f600}",
  ],
  boolean: [true, false, undefined, true, false, true],
};

/** Of the right type, but no document of a case has them. */
export const MISSES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: [...IMPOSSIBLE_TEXTS, ...HOSTILE_TEXTS, "", "shared ", "SHARED"],
  number: [Number.NaN, Infinity, -Infinity, -5, 1e300],
  boolean: [],
};

/** What no argument of that kind may be (rule S1). */
export const WRONG_TYPES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: [null, 7, true, {}, ["shared"], Symbol("shared")],
  number: [undefined, null, "5", true, {}, 5n],
  boolean: [undefined, null, "true", 1, {}],
};

/** Values that no document of a case has, but for `true`, whose contrary is stored. */
export const OTHERWISE: Readonly<Record<FieldKind, unknown>> = { string: "other", number: 6, boolean: true };
