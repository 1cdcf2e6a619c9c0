import { describeKind, invalidKey, keyStringFault, MAX_KEY_BYTES } from "./limits.js";

/**
 * Longer than anything that is stored, so that looking it up is a miss on every backend (rule S1). Stands for well-typed
 * values that could never have been stored, and that a database might refuse or mistake for another.
 */
const UNMATCHABLE = "-".repeat(MAX_KEY_BYTES + 1);

/** The string to look up by. Throws `INVALID_INPUT` when it is none; what could never be stored becomes a miss (rule S1). */
export function lookupString(entity: string, param: string, value: unknown): string {
  if (typeof value !== "string") throw wrongType(entity, param, "string", value);
  return keyStringFault(value) === null ? value : UNMATCHABLE;
}

/** The number to look up by. Throws `INVALID_INPUT` when it is none. */
export function lookupNumber(entity: string, param: string, value: unknown): number {
  if (typeof value !== "number") throw wrongType(entity, param, "number", value);
  return value + 0;
}

/** The boolean to look up by. Throws `INVALID_INPUT` when it is none. */
export function lookupBoolean(entity: string, param: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw wrongType(entity, param, "boolean", value);
  return value;
}

function wrongType(entity: string, param: string, wanted: string, value: unknown): Error {
  return invalidKey(
    entity,
    param,
    `must be a ${wanted}, but is ${describeKind(value)}`,
    `Pass the ${wanted} that was stored.`,
  );
}
