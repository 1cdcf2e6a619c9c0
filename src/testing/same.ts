import assert from "node:assert/strict";

/**
 * Asserts that two answers are equal as rule S4 means it: values, prototypes, `-0`, absent against undefined properties, and
 * the order of properties, entries and elements.
 */
export function assertSame(actual: unknown, expected: unknown, message?: string): void {
  if (isSame(actual, expected)) return;
  // It explains a difference best, but takes no two invalid dates for equal and ignores order.
  try {
    assert.deepStrictEqual(actual, expected);
  } catch (error) {
    if (message !== undefined && error instanceof Error) error.message = `${message}\n${error.message}`;
    throw error;
  }
  assert.fail(`${message ?? "the answers differ"}: in the order of properties or entries, or in a prototype`);
}

/** Whether two values are equal as {@link assertSame} means it. */
export function isSame(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (typeof actual !== "object" || actual === null) return false;
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
  if (expected instanceof Date) return Object.is((actual as Date).getTime(), expected.getTime());
  if (expected instanceof Uint8Array) return Buffer.compare(actual as Uint8Array, expected) === 0;
  const left = partsOf(actual);
  const right = partsOf(expected);
  return left.length === right.length && left.every((part, index) => isSame(part, right[index]));
}

/** Names and values in order; those of a map or set are its content. */
function partsOf(container: object): unknown[] {
  if (container instanceof Map) return [...container].flat(1);
  if (container instanceof Set) return [...container];
  return Reflect.ownKeys(container).flatMap((name) => [
    name,
    Object.getOwnPropertyDescriptor(container, name)?.value as unknown,
  ]);
}
