import { isForeignPrototype, typedArrayKind } from "./kinds.js";
import { MAX_ENCODED_BYTES } from "./limits.js";
import * as refusals from "./refusals.js";
import type { Walk } from "./walk.js";

type CopyValue = (value: unknown, walk: Walk, level: number) => unknown;
type Getter = (this: unknown) => number;

const { getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf } = Object;
const { ownKeys } = Reflect;

// The built-in methods as they are now: they read inner slots, and throw for an object that only looks alike.
const dateTime = Date.prototype.getTime;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapSize = getOwnPropertyDescriptor(Map.prototype, "size")?.get as Getter;
const setSize = getOwnPropertyDescriptor(Set.prototype, "size")?.get as Getter;
const bytesLength = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), "length")?.get as Getter;

/** Listing the names of a large byte array takes longer and more room than all the rest: see {@link copyBytes}. */
const MOST_BYTES_LISTED = 65_536;

const hasPrototype = (prototype: object, builtIn: { prototype: object; name: string }): boolean =>
  prototype === builtIn.prototype || isForeignPrototype(prototype, builtIn.name);

/**
 * Copies a `Date`, `Map`, `Set` or `Uint8Array` of this realm or another; `undefined` when `value` is none. The content
 * is copied by `copyValue`, which goes down to the next level.
 */
export function copySpecial(
  value: object,
  prototype: object,
  walk: Walk,
  level: number,
  copyValue: CopyValue,
): object | undefined {
  if (hasPrototype(prototype, Date)) return copyDate(value, walk, level);
  if (hasPrototype(prototype, Uint8Array) && typedArrayKind(value) === "Uint8Array") {
    return copyBytes(value as Uint8Array, walk, level);
  }
  if (hasPrototype(prototype, Map)) return copyMap(value, walk, level, copyValue);
  if (hasPrototype(prototype, Set)) return copySet(value, walk, level, copyValue);
  return undefined;
}

function begin(value: object, walk: Walk, level: number, leastBytes: number): void {
  walk.plain = false;
  walk.leastBytes += leastBytes;
  if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level - 1, refusals.TOO_LARGE);
  const keys = ownKeys(value);
  if (keys.length !== 0) refusals.refuseExtraProperty(keys[0], walk, level);
}

function copyDate(value: object, walk: Walk, level: number): Date {
  const time = dateTime.call(value as Date);
  begin(value, walk, level, 10);
  return new Date(time);
}

/** Names beside the bytes are looked for up to 64 KiB only, since all the indices would be listed with them. */
function copyBytes(value: Uint8Array, walk: Walk, level: number): Uint8Array {
  const length = bytesLength.call(value);
  walk.plain = false;
  walk.leastBytes += 11 + Math.ceil(length / 3) * 4;
  if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level - 1, refusals.TOO_LARGE);
  if (length <= MOST_BYTES_LISTED) {
    const keys = ownKeys(value);
    if (keys.length !== length) refusals.refuseExtraProperty(keys[length], walk, level);
  } else if (getOwnPropertySymbols(value).length !== 0) walk.refuse(level - 1, refusals.SYMBOL_KEY);
  return new Uint8Array(value);
}

function copyMap(value: object, walk: Walk, level: number, copyValue: CopyValue): Map<unknown, unknown> {
  begin(value, walk, level, 9 + mapSize.call(value) * 4);
  const copy = new Map<unknown, unknown>();
  let index = 0;
  for (const [key, item] of mapEntries.call(value as Map<unknown, unknown>)) {
    walk.path[level] = { place: `<map key ${index}>` };
    const copiedKey = copyValue(key, walk, level);
    walk.path[level] = { place: `<map value ${index}>` };
    copy.set(copiedKey, copyValue(item, walk, level));
    if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level, refusals.TOO_LARGE);
    index++;
  }
  return copy;
}

function copySet(value: object, walk: Walk, level: number, copyValue: CopyValue): Set<unknown> {
  begin(value, walk, level, 9 + setSize.call(value));
  const copy = new Set<unknown>();
  let index = 0;
  for (const item of setValues.call(value as Set<unknown>)) {
    walk.path[level] = { place: `<set item ${index}>` };
    copy.add(copyValue(item, walk, level));
    if (walk.leastBytes > MAX_ENCODED_BYTES) walk.refuse(level, refusals.TOO_LARGE);
    index++;
  }
  return copy;
}
