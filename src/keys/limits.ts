import { StorageError } from "../errors.js";

/** The longest string that can be a key or be indexed, in bytes of UTF-8 (rule S1). */
export const MAX_KEY_BYTES = 512;

/** Why a string cannot be a key or be indexed; null when it can. The empty string is left to the caller. */
export function keyStringFault(value: string): string | null {
  if (value.includes("\0")) return "contains U+0000";
  if (!value.isWellFormed()) return "contains a lone surrogate, which is not valid Unicode";
  if (isLongerThan(value, MAX_KEY_BYTES)) return `is longer than ${MAX_KEY_BYTES} bytes of UTF-8`;
  return null;
}

/** A UTF-16 unit takes one to three bytes, so most strings need no counting. */
function isLongerThan(value: string, bytes: number): boolean {
  if (value.length * 3 <= bytes) return false;
  if (value.length > bytes) return true;
  let total = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) total += 1;
    else if (unit < 0x800) total += 2;
    else if (unit >= 0xd800 && unit <= 0xdfff) total += 2; // half of a pair, which takes four
    else total += 3;
  }
  return total > bytes;
}

/** Names what was found without showing it (rule S17). */
export function describeKind(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

export function invalidKey(entity: string, field: string, what: string, hint: string): StorageError {
  return new StorageError(`${entity}.${field} ${what}`, { code: "INVALID_INPUT", entity, hint });
}
