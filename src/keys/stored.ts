import type { IndexValue } from "../ordering/compare.js";
import { describeKind, invalidKey, keyStringFault } from "./limits.js";

/** Checks a string that is part of a document's key (rule S1). Throws `INVALID_INPUT` for what could not be told apart. */
export function keyString(entity: string, field: string, value: unknown): string {
  if (typeof value !== "string") {
    throw invalidKey(
      entity,
      field,
      `must be a string, but is ${describeKind(value)}`,
      "Every key field needs a value.",
    );
  }
  if (value === "") throw invalidKey(entity, field, "must not be empty", "Every key field needs a value.");
  const fault = keyStringFault(value);
  if (fault !== null) {
    throw invalidKey(entity, field, fault, "Use a shorter or well-formed key; it is compared byte for byte.");
  }
  return value;
}

/** Checks a number that is part of a document's key (rule S1). `-0` is the same key as `0`. */
export function keyNumber(entity: string, field: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw invalidKey(
      entity,
      field,
      `must be a finite number, but is ${describeKind(value)}`,
      "Every key field needs a value.",
    );
  }
  return value + 0;
}

/** Checks a boolean that is part of a document's key (rule S1). */
export function keyBoolean(entity: string, field: string, value: unknown): boolean {
  if (typeof value !== "boolean") {
    throw invalidKey(
      entity,
      field,
      `must be a boolean, but is ${describeKind(value)}`,
      "Every key field needs a value.",
    );
  }
  return value;
}

/**
 * Checks a string that is looked up or ordered by, but is not part of the key. Null when absent. Unlike a key it may be
 * empty; it is held to the other limits of rule S1, so that every backend compares it alike.
 */
export function indexedString(entity: string, field: string, value: unknown): IndexValue<string> {
  if (value === undefined) return null;
  if (typeof value !== "string") {
    throw invalidKey(
      entity,
      field,
      `must be a string or absent, but is ${describeKind(value)}`,
      "It is looked up by.",
    );
  }
  const fault = keyStringFault(value);
  if (fault !== null) {
    throw invalidKey(
      entity,
      field,
      fault,
      "Use a shorter or well-formed value; it is looked up or ordered by.",
    );
  }
  return value;
}

/** Checks a number that is looked up or ordered by. Null when absent, and for `NaN`, which has no place in an order. */
export function indexedNumber(entity: string, field: string, value: unknown): IndexValue<number> {
  if (value === undefined) return null;
  if (typeof value !== "number") {
    throw invalidKey(
      entity,
      field,
      `must be a number or absent, but is ${describeKind(value)}`,
      "It is looked up or ordered by; store a date as milliseconds.",
    );
  }
  return Number.isNaN(value) ? null : value + 0;
}

/** Checks a boolean that is looked up or ordered by. Null when absent. */
export function indexedBoolean(entity: string, field: string, value: unknown): IndexValue<boolean> {
  if (value === undefined) return null;
  if (typeof value !== "boolean") {
    throw invalidKey(
      entity,
      field,
      `must be a boolean or absent, but is ${describeKind(value)}`,
      "It is looked up by.",
    );
  }
  return value;
}
