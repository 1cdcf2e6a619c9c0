import * as fc from "fast-check";

import { anyNumber, anyText } from "./text.js";

const propertyNames = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8, unit: "binary" }) },
  fc.constantFrom("__proto__", "constructor", "toString", "toJSON", "get", "value", "0", "10", "", "a b"),
  fc.constantFrom("$", "$map", "$object", "$undefined", "$number", "\0", "\ud800", "\u00e9", "e\u0301"),
);

const { value, leaf } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => {
  const entries = fc.array(fc.tuple(propertyNames, tie("value")), { maxLength: 4 });
  return {
    leaf: fc.oneof(
      anyText(),
      anyNumber(),
      fc.constantFrom(null, undefined, true, false),
      fc.bigInt(),
      anyDate(),
      anyBytes(),
    ),
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie("leaf"),
      entries.map((list) => ownObject(list, Object.prototype)),
      entries.map((list) => ownObject(list, null)),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((list) => new Map(list)),
      fc.array(tie("value"), { maxLength: 3 }).map((list) => new Set(list)),
    ),
  };
});

/** Any value of the whole domain of rule S4, nested a little. */
export function anyDocumentValue(): fc.Arbitrary<unknown> {
  return value;
}

/** Any value of rule S4 that holds no other. */
export function anyLeaf(): fc.Arbitrary<unknown> {
  return leaf;
}

/** Names that a property may have, friendly or not. */
export function anyPropertyName(): fc.Arbitrary<string> {
  return propertyNames;
}

/** An object with these own properties, even one that is named `__proto__`. */
export function ownObject(entries: Iterable<readonly [string, unknown]>, prototype: object | null): object {
  const object = Object.create(prototype) as object;
  for (const [key, item] of entries) {
    Object.defineProperty(object, key, { value: item, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

export function anyDate(): fc.Arbitrary<Date> {
  return fc.oneof(fc.date(), fc.constant(new Date(Number.NaN)));
}

export function anyBytes(): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ maxLength: 8 }).map((bytes) => new Uint8Array(bytes));
}

export function anyMap(): fc.Arbitrary<Map<unknown, unknown>> {
  return fc.array(fc.tuple(value, value), { maxLength: 3 }).map((entries) => new Map(entries));
}

export function anySet(): fc.Arbitrary<Set<unknown>> {
  return fc.array(value, { maxLength: 3 }).map((items) => new Set(items));
}
