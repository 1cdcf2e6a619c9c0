import { StorageError } from "../errors.js";
import { describeKind, invalidKey, keyStringFault } from "../keys/limits.js";
import { lookupBoolean, lookupNumber, lookupString } from "../keys/lookup.js";
import { nearestName } from "../options/options.js";

/** How many items a page holds unless the caller says so. */
export const DEFAULT_PAGE = 100;

/** The options of a call that selects. Throws `INVALID_INPUT` for what is no object, and for unknown members. */
export function selectionOptions(
  entity: string,
  method: string,
  given: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new StorageError(`the options of ${method} must be an object, but are ${describeKind(given)}`, {
      code: "INVALID_INPUT",
      entity,
      hint: `Known options: ${known.join(", ")}.`,
    });
  }
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new StorageError(
      `${method} has no option \`${name}\`${near === null ? "" : `; did you mean \`${near}\`?`}`,
      { code: "INVALID_INPUT", entity, hint: `Known options: ${known.join(", ")}.` },
    );
  }
  return given as Record<string, unknown>;
}

/** The string to filter by; undefined when there is none. Throws `INVALID_INPUT` for anything else (rule S1). */
export function filterString(entity: string, option: string, value: unknown): string | undefined {
  return value === undefined ? undefined : lookupString(entity, option, value);
}

/** The number to filter by; undefined when there is none. Throws `INVALID_INPUT` for anything else (rule S1). */
export function filterNumber(entity: string, option: string, value: unknown): number | undefined {
  return value === undefined ? undefined : lookupNumber(entity, option, value);
}

/** The boolean to filter by; undefined when there is none. Throws `INVALID_INPUT` for anything else (rule S1). */
export function filterBoolean(entity: string, option: string, value: unknown): boolean | undefined {
  return value === undefined ? undefined : lookupBoolean(entity, option, value);
}

/**
 * A bound of a range of strings; undefined when there is none. Throws `INVALID_INPUT` for anything else, and for a string that
 * no field can hold: unlike a filter, which it would merely miss, it has no place among the others on every database.
 */
export function boundString(entity: string, option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : lookupString(entity, option, value);
  const fault = keyStringFault(text);
  if (fault === null) return text;
  throw invalidKey(entity, option, fault, "Bound the range by a string that could be stored.");
}

/** A bound of a range of numbers, which may be infinite; undefined when there is none. Throws `INVALID_INPUT` for anything else. */
export function boundNumber(entity: string, option: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isNaN(value)) return lookupNumber(entity, option, value);
  throw invalidKey(entity, option, "must be a number, but is NaN", "Leave it out for no bound.");
}

/** The option `limit`; undefined when there is none. Throws `INVALID_INPUT` unless it is a whole number from 1. */
export function checkLimit(entity: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  const found = typeof value === "number" ? String(value) : describeKind(value);
  throw invalidKey(
    entity,
    "limit",
    `must be a whole number from 1, but is ${found}`,
    "Leave it out for all.",
  );
}
