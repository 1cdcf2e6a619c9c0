import assert from "node:assert/strict";
import * as fc from "fast-check";
import { StorageError } from "../../../src/errors.js";

/** What `run` threw, which must be a StorageError. */
export function refusal(run: () => unknown): StorageError {
  try {
    run();
  } catch (error) {
    assert.ok(StorageError.is(error), `not a StorageError: ${String(error)}`);
    return error;
  }
  return assert.fail("nothing was thrown");
}

/** An array of nothing but holes. */
export function holes(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

/** Equality as rule S4 means it: values, prototypes and the order of properties and entries. */
export function assertSame(actual: unknown, expected: unknown): void {
  if (sameInOrder(actual, expected)) return;
  // It explains the difference best, but takes no two invalid dates for equal and ignores order.
  assert.deepStrictEqual(actual, expected);
  assert.fail("the order of properties or entries differs");
}

function sameInOrder(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (typeof actual !== "object" || actual === null) return false;
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
  if (expected instanceof Date) return Object.is((actual as Date).getTime(), expected.getTime());
  if (expected instanceof Uint8Array) return Buffer.compare(actual as Uint8Array, expected) === 0;
  const [left, right] = [partsOf(actual), partsOf(expected)];
  return left.length === right.length && left.every((part, index) => sameInOrder(part, right[index]));
}

/** Names and values in order; those of a map or set are its content. */
function partsOf(container: object): unknown[] {
  if (container instanceof Map) return [...container].flat(1);
  if (container instanceof Set) return [...container];
  const names = Reflect.ownKeys(container);
  return names.flatMap((name) => [name, Object.getOwnPropertyDescriptor(container, name)?.value as unknown]);
}

const keys = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8, unit: "binary" }) },
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "toJSON",
    "$",
    "$map",
    "$object",
    "$undefined",
    "0",
    "10",
    "",
    "a b",
  ),
  fc.constantFrom("\0", "\ud800", "é", "e\u0301", "get", "value"),
);

const strings = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units)),
);

function objectOf(entries: readonly (readonly [string, unknown])[], prototype: object | null): object {
  const object = Object.create(prototype) as object;
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

const { value } = fc.letrec<{ value: unknown }>((tie) => {
  const entries = fc.array(fc.tuple(keys, tie("value")), { maxLength: 5 });
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      strings,
      fc.oneof(
        fc.double(),
        fc.integer(),
        fc.constantFrom(-0, 0, Number.NaN, Infinity, -Infinity, 1e21, 5e-324),
      ),
      fc.constantFrom(null, undefined, true, false),
      fc.bigInt(),
      fc.oneof(fc.date({ noInvalidDate: false }), fc.constant(new Date(Number.NaN))),
      fc.uint8Array({ maxLength: 10 }).map((bytes) => new Uint8Array(bytes)),
      entries.map((list) => objectOf(list, Object.prototype)),
      entries.map((list) => objectOf(list, null)),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 4 }).map((list) => new Map(list)),
      fc.array(tie("value"), { maxLength: 4 }).map((list) => new Set(list)),
    ),
  };
});

/** Documents of the whole domain of rule S4. */
export const anyDocument = fc
  .tuple(fc.array(fc.tuple(keys, value), { maxLength: 5 }), fc.boolean())
  .map(([entries, bare]) => objectOf(entries, bare ? null : Object.prototype));
