import { MAX_KEY_BYTES } from "../keys/limits.js";

/** Few strings, so that keys collide; two of them meet when a backend joins key parts with a colon. */
export const PLAIN_TEXTS: readonly string[] = ["a", "b", "c", "a:b", "b:c"];

/** Strings that are valid keys (rule S1), and that something on the way might change, compare wrongly or execute. */
export const HOSTILE_TEXTS: readonly string[] = [
  // Equal to people, not byte for byte.
  "\u00e9",
  "e\u0301",
  "A",
  "\u00df",
  "\u1e9e",
  "SS",
  "\u0130",
  "i",
  // Around trimming, blanks and what cannot be seen.
  " a",
  "a ",
  " ",
  "\t",
  "a\n",
  "\u0001",
  "\ufeffa",
  "\u202ea",
  // UTF-16 units order these otherwise than code points do.
  "\u{10000}",
  "\u{1f600}",
  "\ue000",
  "\ufb01",
  "\uffff",
  // As long as a key may be, in one and in three bytes a character.
  "k".repeat(MAX_KEY_BYTES),
  `${"\u20ac".repeat(170)}zz`,
  // Names that objects have already.
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  // Fragments of SQL and of templates.
  "'; DROP TABLE manifest; --",
  '" OR ""="',
  "%",
  "_",
  "\\",
  "\\'",
  "?",
  "$1",
  ":id",
  "@id",
  "*/ /*",
  "${7*7}",
  "{{this}}",
  "<%= 7*7 %>",
  // What other types look like.
  "0",
  "00",
  "1e3",
  "-0",
  "NaN",
  "null",
  "undefined",
  "true",
  "[object Object]",
  ":",
  "::",
  ",",
  "a,b",
  "\u001f",
  "|",
  "/",
  "../a",
  '["a","b"]',
];

/** Strings of the right type that can never have been stored as a key (rule S1); the empty one is treated apart. */
export const IMPOSSIBLE_TEXTS: readonly string[] = [
  "\0",
  "a\0b",
  "\ud800",
  "a\udc00b",
  "k".repeat(MAX_KEY_BYTES + 1),
  "\u20ac".repeat(171),
];
