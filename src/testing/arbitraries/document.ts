import * as fc from "fast-check";

import { anyDocumentValue, anyPropertyName, ownObject } from "./any-value.js";
import { type ArbitraryOptions, oddArgument } from "./text.js";

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;
type Entry = readonly [string, unknown];

const ABSENT = Symbol("absent");

/**
 * Objects with all the required properties; each optional one there, absent, or explicitly undefined; now and then in another
 * order.
 */
export function objectOf(required: Arbitraries, optional: Arbitraries = {}): fc.Arbitrary<object> {
  const properties = [
    ...Object.entries(required),
    ...Object.entries(optional).map(([name, value]): [string, fc.Arbitrary<unknown>] => [name, maybe(value)]),
  ];
  const values = fc.tuple(...properties.map(([, value]) => value));
  return fc.tuple(values, rarely()).map(([list, reversed]) => {
    const entries = list
      .map((value, index): Entry => [properties[index]?.[0] ?? "", value])
      .filter(([, value]) => value !== ABSENT);
    return ownObject(reversed ? entries.toReversed() : entries, Object.prototype);
  });
}

/** Objects of any property names with values of one kind. */
export function recordOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc
    .array(fc.tuple(anyPropertyName(), value), { maxLength: 3 })
    .map((entries) => ownObject(entries, Object.prototype));
}

export function listOf(items: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.array(items, { maxLength: 3 });
}

/**
 * Documents of one entity, made of its shape: now and then with fields that its type does not know (rule S4), and where the
 * options ask for it with a key or a content that must be refused.
 */
export function documentsOf<Document>(
  shape: fc.Arbitrary<unknown>,
  keys: readonly string[],
  options: ArbitraryOptions,
): fc.Arbitrary<Document> {
  const known = shape as fc.Arbitrary<object>;
  const extended = fc
    .tuple(known, fc.array(fc.tuple(extraName(), anyDocumentValue()), { maxLength: 2 }))
    .map(([document, extras]) => ownObject([...Object.entries(document), ...extras], Object.prototype));
  const valid = fc.oneof({ weight: 3, arbitrary: known }, { weight: 1, arbitrary: extended });
  const all =
    options.refused === true
      ? fc.oneof({ weight: 15, arbitrary: valid }, { weight: 1, arbitrary: refusedOf(known, keys) })
      : valid;
  return all as fc.Arbitrary<Document>;
}

/** Documents that a storage must refuse: an impossible key, or content that cannot be kept without loss. */
function refusedOf(shape: fc.Arbitrary<object>, keys: readonly string[]): fc.Arbitrary<unknown> {
  const badKey = fc
    .tuple(shape, fc.constantFrom(...keys), oddArgument())
    .map(([document, key, value]) => ({ ...document, [key]: value }));
  const badContent = fc
    .tuple(
      shape,
      fc.constantFrom<() => unknown>(
        () => () => 0,
        () => Symbol("s"),
        () => /x/,
        () => holed(),
      ),
    )
    .map(([document, make]) => ({ ...document, unstorable: [make()] }));
  return fc.oneof(badKey, badContent, fc.constantFrom<unknown>(null, undefined, [], "text"));
}

/** Prefixed, so that no known field is replaced by a value of another type. */
function extraName(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("__proto__", "$extra", "extra"),
    anyPropertyName().map((name) => `x-${name}`),
  );
}

function maybe(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<unknown>(ABSENT) },
    { weight: 3, arbitrary: value },
    { weight: 1, arbitrary: fc.constant<unknown>(undefined) },
  );
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 9 }).map((n) => n === 9);
}

function holed(): unknown[] {
  const array: unknown[] = [];
  array.length = 2;
  return array;
}
