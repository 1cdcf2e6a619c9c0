import { MAX_DEPTH } from "./limits.js";
import { isPlainNumber } from "./numbers.js";

const { getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const { isArray } = Array;
const OBJECT = Object.prototype;
const ARRAY = Array.prototype;
const { slice } = ARRAY;
/** Makes nothing that the garbage collector would have to come for, as descriptors do: that is most of what a copy costs. */
const { __lookupGetter__: lookupGetter } = OBJECT as unknown as {
  __lookupGetter__(this: object, key: PropertyKey): unknown;
};

/** Stands for anything but plain JSON; no document holds it. */
const OTHER = Symbol("other");
const NOTHING = {};

/** What a node may weigh beside its characters: at least what `copy.ts` counts for it. */
const NODE = 8;
/** A document of at most this weight cannot come near the limit (see `mayBeTooLarge`). */
const MOST = 500_000;

let room = 0;

/**
 * A private copy of a small document of plain JSON: objects, arrays, strings, finite numbers but `-0`, booleans and null. Undefined
 * for every other, also for one that cannot be stored: `walkDocument` tells them apart, and takes longer.
 *
 * What is checked of values is checked in the copy, so that a proxy which answers twice changes nothing.
 */
export function copyPlain(document: unknown): Record<string, unknown> | undefined {
  // Somebody has added to `Object.prototype`, and every `for…in` would see it.
  for (const _ in NOTHING) return undefined;
  if (typeof document !== "object" || document === null || isArray(document)) return undefined;
  // A document may be copied in the middle of another one, which then is a proxy.
  const outer = room;
  room = MOST;
  try {
    const copy = copyObject(document, 1);
    return copy === OTHER ? undefined : (copy as Record<string, unknown>);
  } catch {
    // Code inside the document threw: the walk says where.
    return undefined;
  } finally {
    room = outer;
  }
}

function copyObject(source: object, level: number): object | typeof OTHER {
  if (level > MAX_DEPTH || getPrototypeOf(source) !== OBJECT) return OTHER;
  if (getOwnPropertySymbols(source).length !== 0) return OTHER;
  let enumerable = 0;
  for (const key in source) {
    if (lookupGetter.call(source, key) !== undefined) return OTHER;
    enumerable++;
  }
  if (getOwnPropertyNames(source).length !== enumerable) return OTHER;
  // Spreading defines properties, so it neither runs setters nor changes a prototype (rule S18).
  const copy: Record<string, unknown> = { ...source };
  for (const key in copy) {
    const value = copy[key];
    room -= key.length + NODE;
    if (typeof value === "string") room -= value.length;
    else if (typeof value === "object" && value !== null) {
      const inner = copyContainer(value, level + 1);
      if (inner === OTHER) return OTHER;
      copy[key] = inner;
    } else if (!isPlainScalar(value)) return OTHER;
    if (room < 0) return OTHER;
  }
  return copy;
}

function copyArray(source: readonly unknown[], level: number): object | typeof OTHER {
  if (level > MAX_DEPTH || getPrototypeOf(source) !== ARRAY) return OTHER;
  const { length } = source;
  if (length * NODE > room || ownKeys(source).length !== length + 1) return OTHER;
  for (let index = 0; index < length; index++) {
    if (lookupGetter.call(source, index) !== undefined) return OTHER;
  }
  const copy = slice.call(source);
  room -= length * NODE;
  for (let index = 0; index < copy.length; index++) {
    const value: unknown = copy[index];
    if (typeof value === "string") room -= value.length;
    else if (typeof value === "object" && value !== null) {
      const inner = copyContainer(value, level + 1);
      if (inner === OTHER) return OTHER;
      copy[index] = inner;
    } else if (!isPlainScalar(value)) return OTHER;
    if (room < 0) return OTHER;
  }
  return copy;
}

function copyContainer(value: object, level: number): object | typeof OTHER {
  return isArray(value) ? copyArray(value, level) : copyObject(value, level);
}

function isPlainScalar(value: unknown): boolean {
  return typeof value === "number" ? isPlainNumber(value) : typeof value === "boolean" || value === null;
}
