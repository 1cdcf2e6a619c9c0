import { cloneDocument } from "./clone.js";
import type { Fields } from "./kind.js";

// What emitted copies are made of. All of it trusts what it is given to be part of a checked document.

const { getPrototypeOf } = Object;
const { isArray } = Array;
const OBJECT = Object.prototype;

const { hasOwnProperty } = OBJECT;

/** Whether an object itself has a property. `Object.hasOwn` says the same, and takes twice as long. */
export function hasOwn(object: Fields, name: string): boolean {
  return hasOwnProperty.call(object, name);
}

type Fits = (value: object) => boolean;
type Copy = (value: unknown) => unknown;

/** Whether a value is one that a copy of what holds it must not share. */
export function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** An object as literals make it. */
export function isPlainObject(value: object): value is Fields {
  return getPrototypeOf(value) === OBJECT;
}

/** How many containers an object holds. */
export function containerCount(object: Fields): number {
  let count = 0;
  for (const key in object) if (isOwnContainer(object, key)) count++;
  return count;
}

/** 1 for a property that holds a container which fits; otherwise `NaN`, which equals no count. */
export function countRequired(object: Fields, name: string, fits: Fits): number {
  return isOwnContainer(object, name) && fits(object[name] as object) ? 1 : Number.NaN;
}

/** As {@link countRequired}, but 0 for a property that holds no container. */
export function countOptional(object: Fields, name: string, fits: Fits): number {
  return isOwnContainer(object, name) ? countRequired(object, name, fits) : 0;
}

/** Never what a prototype holds (rule S18). */
function isOwnContainer(object: Fields, name: string): boolean {
  return isContainer(object[name]) && hasOwn(object, name);
}

/** Whether an object holds no container. */
export const isFlat: Fits = (value) => isPlainObject(value) && containerCount(value) === 0;

/** Whether a value is an array, whose containers all fit. */
export function isListOf(value: object, fits: Fits): boolean {
  return isArray(value) && value.every((item: unknown) => !isContainer(item) || fits(item));
}

/** Whether a value is an array without containers. */
export const isFlatList: Fits = (value) => isListOf(value, isNothing);

/** Whether a value is an object, whose containers all fit, whatever their names. */
export function isRecordOf(value: object, fits: Fits): boolean {
  return isPlainObject(value) && Object.values(value).every((item) => !isContainer(item) || fits(item));
}

/** For what the type says nothing of. */
export const isAnything: Fits = () => true;

const isNothing: Fits = () => false;

/** A copy of an array without containers. */
export function copyFlatList(list: unknown): unknown {
  return (list as unknown[]).slice();
}

/** A copy of an array, whose containers are copied by `copy`. */
export function copyList(list: unknown, copy: Copy): unknown {
  const copied = (list as unknown[]).slice();
  for (let index = 0; index < copied.length; index++) {
    const item = copied[index];
    if (isContainer(item)) copied[index] = copy(item);
  }
  return copied;
}

/** A copy of an object, whose containers are copied by `copy`. */
export function copyRecord(record: unknown, copy: Copy): unknown {
  const copied: Fields = { ...(record as Fields) };
  for (const key in copied) {
    if (isOwnContainer(copied, key)) copied[key] = copy(copied[key]);
  }
  return copied;
}

/** A copy of anything: what it is made of shows as it goes. */
export const copyAnything: Copy = cloneDocument;
