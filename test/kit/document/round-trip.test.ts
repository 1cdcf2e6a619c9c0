import assert from "node:assert/strict";
import { inspect as inspectValue } from "node:util";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloneDocument, copyDocument, decodeDocument, encodeDocument } from "../../../src/document/index.js";
import { anyDocument, assertSame } from "./support.js";

const inspect = (value: unknown): string => inspectValue(value, { depth: null });

/** Every object reachable from `value`. */
function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== "object" || value === null || found.has(value)) return found;
  found.add(value);
  const inner =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
  for (const item of inner) objectsIn(item, found);
  return found;
}

function assertApart(left: unknown, right: unknown): void {
  const others = objectsIn(right);
  for (const object of objectsIn(left)) assert.ok(!others.has(object), "an object is shared");
}

describe("S4: documents come back equal", () => {
  test("as copies, clones and texts, with order and prototypes", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const copy = copyDocument(document);
        assertSame(copy, document);
        if (!inspect(document).includes("Invalid Date")) assert.deepStrictEqual(copy, document);
        assertSame(cloneDocument(copy), document);
        const text = encodeDocument(document);
        assertSame(decodeDocument(text), document);
        assert.equal(encodeDocument(decodeDocument(text)), text);
        assert.ok(text.isWellFormed());
      }),
      { numRuns: 1500 },
    );
  });

  test("names that prototypes hold stay own properties", () => {
    const document = JSON.parse(
      '{"__proto__":{"x":1},"constructor":1,"toString":{"__proto__":[null]},"a":1}',
    ) as object;
    for (const result of [
      copyDocument(document),
      cloneDocument(copyDocument(document)),
      decodeDocument(encodeDocument(document)),
      decodeDocument(encodeDocument({ document, u: undefined })) as object,
    ]) {
      const own = "u" in result ? (result as unknown as { document: object }).document : result;
      assertSame(own, document);
      expect(Object.hasOwn(own, "__proto__")).toBe(true);
      expect((own as { x?: number }).x).toBeUndefined();
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("shared references are written twice", () => {
    const shared = { a: [1] };
    const copy = copyDocument({ left: shared, right: shared }) as Record<"left" | "right", object>;
    expect(copy).toEqual({ left: { a: [1] }, right: { a: [1] } });
    expect(copy.left).not.toBe(copy.right);
  });

  test("values of another realm come back as values of this one", () => {
    const foreign: unknown = runInNewContext(
      "({ o: { a: [1, { b: 2 }] }, m: new Map([[1, new Set([2])]]), d: new Date(5), b: new Uint8Array([7]), n: null })",
    );
    const expected = {
      o: { a: [1, { b: 2 }] },
      m: new Map([[1, new Set([2])]]),
      d: new Date(5),
      b: new Uint8Array([7]),
      n: null,
    };
    assertSame(copyDocument(foreign), expected);
    assertSame(decodeDocument(encodeDocument(foreign)), expected);
  });

  test("frozen documents and transparent proxies are copied", () => {
    const plain = { a: [1, { b: 2 }] };
    assertSame(copyDocument(Object.freeze({ a: Object.freeze([1, Object.freeze({ b: 2 })]) })), plain);
    assertSame(copyDocument(new Proxy({ a: new Proxy([1, { b: 2 }], {}) }, {})), plain);
  });

  test("a large byte array", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index % 251);
    assertSame(decodeDocument(encodeDocument({ bytes })), { bytes });
    assertSame(copyDocument({ bytes }), { bytes });
  });
});

describe("S5: isolation", () => {
  test("a copy shares no object with its source, nor a clone with its copy", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const copy = copyDocument(document);
        assertApart(copy, document);
        assertApart(cloneDocument(copy), copy);
      }),
      { numRuns: 500 },
    );
  });

  test("bytes do not share their buffer", () => {
    const bytes = new Uint8Array([1, 2]);
    const copy = copyDocument({ bytes }) as { bytes: Uint8Array };
    const clone = cloneDocument(copy);
    bytes[0] = 9;
    copy.bytes[1] = 9;
    expect(copy.bytes[0]).toBe(1);
    expect(clone.bytes[1]).toBe(2);
  });
});
