import { describe, expect, test } from "vitest";
import {
  copyDocument,
  decodeDocument,
  encodeDocument,
  MAX_DEPTH,
  MAX_ENCODED_BYTES,
  objectFormat,
  textFormat,
} from "../../../src/document/index.js";
import { assertSame, holes, refusal } from "./support.js";

function nested(levels: number, wrap: (inner: unknown) => object, innermost: unknown = {}): object {
  let document = innermost;
  for (let level = 1; level < levels; level++) document = wrap(document);
  return document as object;
}

function nestedText(levels: number): string {
  return '{"a":'.repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
}

function refusedByAll(document: unknown): string {
  const [first, second] = [objectFormat, textFormat].map((format) => refusal(() => format.encode(document)));
  expect(first?.code).toBe("TOO_LARGE");
  expect([second?.code, second?.message, second?.hint]).toEqual([first?.code, first?.message, first?.hint]);
  return first?.message ?? "";
}

describe("S4: depth", () => {
  const wraps: [string, (inner: unknown) => object][] = [
    ["objects", (a) => ({ a })],
    ["objects and arrays", (a) => (Array.isArray(a) ? { a } : { a: [a] }["a"])],
    ["bare objects", (a) => Object.assign(Object.create(null) as object, { $: a })],
    ["maps", (a) => new Map([[1, a]])],
    ["map keys", (a) => new Map([[a, 1]])],
    ["sets", (a) => new Set([a])],
  ];
  test.each(wraps)("512 levels of %s are stored, 513 are not", (_, wrap) => {
    const deepest = { root: nested(MAX_DEPTH - 1, wrap) };
    assertSame(objectFormat.decode(objectFormat.encode(deepest).data), deepest);
    assertSame(textFormat.decode(textFormat.encode(deepest).data), deepest);
    expect(refusedByAll({ root: nested(MAX_DEPTH, wrap) })).toMatch(/is nested deeper than 512 levels$/);
  });

  test("100,000 levels, from deep within the stack", () => {
    const document = nested(100_000, (a) => ({ a }));
    const dive = (left: number): string => (left === 0 ? refusedByAll(document) : dive(left - 1));
    expect(dive(2000)).toContain(": a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a….a.a.a.a.a.a.a.a is nested");
  });

  test("plain text nested more deeply is CORRUPT", () => {
    expect(encodeDocument(decodeDocument(nestedText(512)))).toBe(nestedText(512));
    expect(refusal(() => decodeDocument(nestedText(513))).code).toBe("CORRUPT");
    expect(refusal(() => decodeDocument(nestedText(100_000))).code).toBe("CORRUPT");
  });
});

describe("S4: size", () => {
  /** Documents whose text has as many bytes as `content(n)` has units, plus a constant. */
  const kinds: [string, (padding: string) => object][] = [
    ["ASCII", (a) => ({ a })],
    ["two bytes a unit", (a) => ({ a, b: "é".repeat(4_000_000) })],
    ["three bytes a unit", (a) => ({ a, b: "€".repeat(3_000_000) })],
    ["surrogate pairs", (a) => ({ a, b: "😀".repeat(2_000_000) })],
    ["escapes", (a) => ({ a, b: "\0".repeat(1_500_000) })],
    ["long numbers", (a) => ({ a, b: Array.from({ length: 300_000 }, () => -1.2345678901234568e-300) })],
    ["special numbers", (a) => ({ a, b: Array.from({ length: 300_000 }, () => -Infinity) })],
    ["bytes", (a) => ({ a, b: new Uint8Array(6_000_000) })],
  ];
  test.each(kinds)("exactly 16 MiB of %s is stored, one byte more is not", (_, make) => {
    const rest = Buffer.byteLength(encodeDocument(make("")));
    const full = make("x".repeat(MAX_ENCODED_BYTES - rest));
    expect(Buffer.byteLength(encodeDocument(full))).toBe(MAX_ENCODED_BYTES);
    expect(copyDocument(full)).toBeTypeOf("object");
    const over = make("x".repeat(MAX_ENCODED_BYTES - rest + 1));
    expect(refusedByAll(over)).toMatch(/brings the document over 16 MiB, encoded$/);
  });

  test("a full document comes back", () => {
    const document = { a: "x".repeat(MAX_ENCODED_BYTES - 8) };
    expect(decodeDocument(encodeDocument(document))).toEqual(document);
    expect(objectFormat.decode(objectFormat.encode(document).data)).toEqual(document);
  });

  test("a million keys, and a hundred megabytes", () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`key${index}`, index]));
    refusedByAll(wide);
    refusedByAll({ a: "x".repeat(100_000_000) });
    refusedByAll({ a: new Uint8Array(100_000_000) });
    refusedByAll({ a: holes(2 ** 32 - 1) });
  });

  test("few objects that would be written billions of times end early", () => {
    let laughs: object = { lol: "lol" };
    for (let level = 0; level < 60; level++) laughs = { a: laughs, b: laughs };
    expect(refusedByAll(laughs)).toMatch(/brings the document over 16 MiB, encoded$/);
  });

  test("a cycle that grows large before it grows deep is called a cycle", () => {
    const document: Record<string, unknown> = { text: "x".repeat(1_000_000) };
    document["self"] = document;
    const error = refusal(() => copyDocument(document));
    expect([error.code, error.message]).toEqual([
      "INVALID_INPUT",
      "document cannot be stored: self contains itself (a cycle)",
    ]);
  });
});
