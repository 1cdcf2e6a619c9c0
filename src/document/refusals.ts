import { MAX_DEPTH } from "./limits.js";
import { Refusal, type Walk } from "./walk.js";

const invalid = (found: string, hint: string): Refusal => new Refusal("INVALID_INPUT", found, hint);

export const FUNCTION = invalid("is a function", "Leave it out: only data can be stored.");
export const SYMBOL = invalid("is a symbol", "Leave it out: a symbol means nothing outside its process.");
export const SYMBOL_KEY = invalid("has a property named by a symbol", "Use a string as its name.");
export const ACCESSOR = invalid(
  "is an accessor (get or set)",
  "Store its value as an ordinary property; {...object} makes such a copy.",
);
export const HIDDEN = invalid("is not enumerable", "Make it an ordinary property, or leave it out.");
export const VANISHED = invalid("is listed as a property, but is none", "Store plain data: no proxies.");
export const HOLE = invalid(
  "is a hole in an array",
  "Fill the array: Array.from(it) writes undefined there.",
);
const EXTRA_PROPERTY = invalid(
  "is a property beside the elements",
  "Store an object that holds both, or leave the property out.",
);
export const CYCLE = invalid(
  "contains itself (a cycle)",
  "Store an id or a path in place of the object that is its own ancestor.",
);
export const TOO_DEEP = new Refusal(
  "TOO_LARGE",
  `is nested deeper than ${MAX_DEPTH} levels`,
  "Flatten the document, or store its parts as several documents.",
);
export const TOO_LARGE = new Refusal(
  "TOO_LARGE",
  "brings the document over 16 MiB, encoded",
  "Store large content elsewhere, and its address here.",
);

/** The document itself is no object with named properties. */
export function wrongRoot(root: unknown): Refusal {
  return invalid(`is ${rootKind(root)}, not a plain object`, "Store an object with named properties: {…}.");
}

function rootKind(root: unknown): string {
  if (root === undefined || root === null) return String(root);
  if (Array.isArray(root)) return "an array";
  if (typeof root !== "object") return `a ${typeof root}`;
  return `a ${Object.prototype.toString.call(root).slice(8, -1)}`;
}

/** Refuses the property `key` of the container of `level`, whose contents are no named properties. */
export function refuseExtraProperty(key: PropertyKey | undefined, walk: Walk, level: number): never {
  if (typeof key !== "string") return walk.refuse(level - 1, SYMBOL_KEY);
  walk.path[level] = key;
  return walk.refuse(level, EXTRA_PROPERTY);
}
