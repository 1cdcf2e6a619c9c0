import { copySpecial } from "./copy-special.js";
import { isForeignPrototype, refuseInstance } from "./kinds.js";
import { MAX_DEPTH, MAX_ENCODED_BYTES } from "./limits.js";
import { isPlainNumber } from "./numbers.js";
import { defineOwn } from "./own.js";
import * as refusals from "./refusals.js";
import { toStorageError, Walk } from "./walk.js";

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const { isArray } = Array;
const OBJECT = Object.prototype;
const ARRAY = Array.prototype;
/** Ten times as fast as a descriptor, for the elements of an array. */
const { __lookupGetter__: lookupGetter } = OBJECT as unknown as {
  __lookupGetter__(this: object, key: number): unknown;
};

/**
 * Copies one value that is no container, or goes down into it. `level` is that of the container around it, whose
 * `walk.path[level]` the caller has set. Sizes are the least that `encode.ts` writes.
 */
function copyValue(value: unknown, walk: Walk, level: number): unknown {
  switch (typeof value) {
    case "string":
      walk.leastBytes += value.length + 2;
      return value;
    case "number":
      walk.leastBytes++;
      if (!isPlainNumber(value)) walk.plain = false;
      return value;
    case "boolean":
      walk.leastBytes += 4;
      return value;
    case "object":
      if (value === null) {
        walk.leastBytes += 4;
        return value;
      }
      return copyContainer(value, walk, level + 1);
    case "undefined":
      walk.leastBytes += 19;
      walk.plain = false;
      return value;
    case "bigint":
      // Hexadecimal takes linear time and has no more digits than decimal.
      walk.leastBytes += 14 + value.toString(16).length;
      walk.plain = false;
      return value;
    case "symbol":
      return walk.refuse(level, refusals.SYMBOL);
    default:
      return walk.refuse(level, refusals.FUNCTION);
  }
}

function copyContainer(value: object, walk: Walk, level: number): object {
  if (level > MAX_DEPTH) walk.refuse(level - 1, refusals.TOO_DEEP);
  walk.pathLength = level - 1;
  if (walk.ancestors !== undefined) lookForCycle(value, walk.ancestors, walk, level);
  walk.leastBytes++;
  let copy: object;
  if (isArray(value)) copy = copyArray(value, walk, level);
  else {
    const prototype: unknown = getPrototypeOf(value);
    copy =
      prototype === OBJECT
        ? copyProperties(value, {}, walk, level)
        : copyUnusual(value, prototype as object | null, walk, level);
  }
  walk.pathLength = level - 2;
  return copy;
}

function lookForCycle(value: object, ancestors: object[], walk: Walk, level: number): void {
  ancestors.length = level - 1;
  if (ancestors.includes(value)) walk.refuse(level - 1, refusals.CYCLE);
  ancestors.push(value);
}

/** Reads each property exactly once, through its descriptor: neither a getter nor a proxy can answer twice. */
function copyProperties(source: object, copy: Record<string, unknown>, walk: Walk, level: number): object {
  const names = getOwnPropertyNames(source);
  if (getOwnPropertySymbols(source).length !== 0) walk.refuse(level - 1, refusals.SYMBOL_KEY);
  walk.leastBytes += names.length;
  for (let index = 0; index < names.length; index++) {
    const key = names[index] as string;
    walk.path[level] = key;
    const descriptor = getOwnPropertyDescriptor(source, key);
    if (descriptor === undefined) return walk.refuse(level, refusals.VANISHED);
    if (!("value" in descriptor)) walk.refuse(level, refusals.ACCESSOR);
    if (!descriptor.enumerable) walk.refuse(level, refusals.HIDDEN);
    walk.leastBytes += key.length + 3;
    const value = copyValue(descriptor.value, walk, level);
    if (key in OBJECT) defineOwn(copy, key, value);
    else copy[key] = value;
    if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level, refusals.TOO_LARGE);
  }
  return copy;
}

function copyArray(source: readonly unknown[], walk: Walk, level: number): object {
  const prototype = getPrototypeOf(source) as object | null;
  if (prototype !== ARRAY && (prototype === null || !isForeignPrototype(prototype, "Array"))) {
    walk.refuse(level - 1, refuseInstance(source));
  }
  // A proxy may claim any length.
  const length = source.length >>> 0;
  walk.leastBytes += length;
  if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level - 1, refusals.TOO_LARGE);
  // Indices come first and ascending, then `length`, then every other name and symbol.
  const keys = ownKeys(source);
  if (keys.length !== length + 1 || keys[length] !== "length") refuseOddArray(keys, length, walk, level);
  const copy: unknown[] = [];
  for (let index = 0; index < length; index++) {
    walk.path[level] = index;
    if (lookupGetter.call(source, index) !== undefined) walk.refuse(level, refusals.ACCESSOR);
    const value = source[index];
    // A setter alone has no getter, and reads as undefined.
    if (value === undefined && !("value" in (getOwnPropertyDescriptor(source, index) ?? {}))) {
      walk.refuse(level, refusals.ACCESSOR);
    }
    copy.push(copyValue(value, walk, level));
    if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level, refusals.TOO_LARGE);
  }
  return copy;
}

function refuseOddArray(keys: readonly PropertyKey[], length: number, walk: Walk, level: number): never {
  for (let index = 0; index < length; index++) {
    if (keys[index] !== String(index)) {
      walk.path[level] = index;
      return walk.refuse(level, refusals.HOLE);
    }
  }
  return refusals.refuseExtraProperty(
    keys[length] === "length" ? keys[length + 1] : keys[length],
    walk,
    level,
  );
}

function copyUnusual(value: object, prototype: object | null, walk: Walk, level: number): object {
  if (prototype === null) {
    walk.plain = false;
    walk.leastBytes += 20;
    return copyProperties(value, Object.create(null) as Record<string, unknown>, walk, level);
  }
  const copy = copySpecial(value, prototype, walk, level, copyValue);
  if (copy !== undefined) return copy;
  if (isForeignPrototype(prototype, "Object")) return copyProperties(value, {}, walk, level);
  return walk.refuse(level - 1, refuseInstance(value));
}

function copyRoot(root: unknown, walk: Walk): object {
  if (typeof root !== "object" || root === null || isArray(root)) {
    return walk.refuse(0, refusals.wrongRoot(root));
  }
  const copy = copyContainer(root, walk, 1);
  const prototype: unknown = getPrototypeOf(copy);
  if (prototype !== OBJECT && prototype !== null) walk.refuse(0, refusals.wrongRoot(root));
  walk.pathLength = 0;
  return copy;
}

/** What one validated walk found out. */
export interface Walked {
  /** A private copy of the document. */
  readonly copy: object;
  readonly walk: Walk;
}

/**
 * Copies and checks a document in one walk.
 *
 * @throws StorageError as `copyDocument` does, but for the exact measure of a document near the limit.
 */
export function walkDocument(document: unknown, entity: string | undefined): Walked {
  let walk = new Walk();
  try {
    return { copy: copyRoot(document, walk), walk };
  } catch (thrown) {
    if (!isTooMuch(thrown)) throw toStorageError(thrown, walk, entity);
  }
  // Either it is as large as that, or a cycle made it look so; only now is it worth finding out.
  walk = new Walk();
  walk.ancestors = [];
  try {
    copyRoot(document, walk);
  } catch (thrown) {
    throw toStorageError(thrown, walk, entity);
  }
  throw toStorageError(refusals.TOO_LARGE, walk, entity);
}

const isTooMuch = (thrown: unknown): boolean => thrown === refusals.TOO_DEEP || thrown === refusals.TOO_LARGE;
