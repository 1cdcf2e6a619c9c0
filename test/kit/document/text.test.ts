import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { decodeDocument, encodeDocument, textFormat } from "../../../src/document/index.js";
import { anyDocument, assertSame, refusal } from "./support.js";

describe("the text of plain JSON", () => {
  test.each([
    [{}],
    [
      {
        id: "users",
        version: "1.0",
        list: [1, 2.5, -3, 1e21, true, null, "é\0\ud800"],
        nested: { deep: { er: [] } },
      },
    ],
    [{ $map: [[1, 2]], $undefined: true }],
    [JSON.parse('{"__proto__":1,"2":0,"1":0}') as object],
  ])("is what JSON.stringify writes: %j", (document) => {
    expect(encodeDocument(document)).toBe(JSON.stringify(document));
  });

  test("for any plain document", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ noNullPrototype: true } as object)),
        (dictionary) => {
          const document: unknown = JSON.parse(JSON.stringify(dictionary));
          expect(encodeDocument(document)).toBe(JSON.stringify(document));
        },
      ),
    );
  });
});

describe("the text of other documents", () => {
  const header = '["storage-document@1",';
  test.each<[object, string]>([
    [{ a: undefined, b: [undefined] }, '{"a":{"$undefined":true},"b":[{"$undefined":true}]}'],
    [
      { a: [Number.NaN, Infinity, -Infinity, -0, 0] },
      '{"a":[{"$number":"NaN"},{"$number":"Infinity"},{"$number":"-Infinity"},{"$number":"-0"},0]}',
    ],
    [{ a: -12345678901234567890n }, '{"a":{"$bigint":"-12345678901234567890"}}'],
    [{ a: new Date(1), b: new Date(Number.NaN) }, '{"a":{"$date":1},"b":{"$date":null}}'],
    [{ a: new Map<unknown, unknown>([[{ k: 1 }, [2]]]) }, '{"a":{"$map":[[{"k":1},[2]]]}}'],
    [{ a: new Set(["x", 1]) }, '{"a":{"$set":["x",1]}}'],
    [
      { a: [0, 1, 2, 3].map((length) => new Uint8Array([255, 254, 253].slice(0, length))) },
      '{"a":[{"$bytes":""},{"$bytes":"/w=="},{"$bytes":"//4="},{"$bytes":"//79"}]}',
    ],
    [Object.assign(Object.create(null) as object, { a: 1 }), '{"$null-prototype":{"a":1}}'],
    [{ $a: undefined, b: { $: 1 } }, '{"$object":[["$a",{"$undefined":true}],["b",{"$object":[["$",1]]}]]}'],
  ])("%#", (document, tree) => {
    const text = `${header}${tree}]`;
    expect(encodeDocument(document)).toBe(text);
    assertSame(decodeDocument(text), document);
  });
});

describe("toJSON on a built-in prototype changes nothing", () => {
  const prototypes = [Object.prototype, Array.prototype, BigInt.prototype, Date.prototype] as {
    toJSON?: unknown;
  }[];
  const before = prototypes.map((prototype) => Object.getOwnPropertyDescriptor(prototype, "toJSON"));
  afterEach(() => {
    prototypes.forEach((prototype, index) => {
      delete prototype.toJSON;
      const descriptor = before[index];
      if (descriptor !== undefined) Object.defineProperty(prototype, "toJSON", descriptor);
    });
  });

  test("plain and tagged", () => {
    const plain = { a: [1, { b: "x" }], c: {} };
    const tagged = { ...plain, d: 1n, e: new Date(0) };
    const expected = [plain, tagged].map((document) => encodeDocument(document));
    for (const prototype of prototypes) {
      Object.defineProperty(prototype, "toJSON", {
        value: () => "hacked",
        configurable: true,
        writable: true,
      });
    }
    expect([plain, tagged].map((document) => encodeDocument(document))).toEqual(expected);
  });
});

const tagged = (tree: string): string => `["storage-document@1",${tree}]`;

describe("decoding refuses what was never encoded (CORRUPT)", () => {
  test.each([
    "",
    " ",
    "null",
    "1",
    '"secret"',
    "[]",
    "[{}]",
    '["storage-document@2",{"a":1n}]',
    "{",
    '{"secret":1}x',
    '{"secret":tru}',
    tagged("{}"),
    tagged('{"a":{"$undefined":true}}') + " ",
    tagged('{"a":{"$undefined":true}},1'),
    tagged("{ }"),
    tagged("[]"),
    tagged("1"),
    tagged('{"$map":[]}'),
    tagged('{"a":{"$secret":1}}'),
    tagged('{"a":{"$undefined":false}}'),
    tagged('{"a":{"$number":"1"}}'),
    tagged('{"a":{"$number":1}}'),
    tagged('{"a":{"$bigint":"secret"}}'),
    tagged('{"a":{"$bigint":"01"}}'),
    tagged('{"a":{"$bigint":""}}'),
    tagged('{"a":{"$date":"0"}}'),
    tagged('{"a":{"$date":0.5}}'),
    tagged('{"a":{"$date":9e99}}'),
    tagged('{"a":{"$map":[[1]]}}'),
    tagged('{"a":{"$map":[[1,2],[1,3]]}}'),
    tagged('{"a":{"$map":{}}}'),
    tagged('{"a":{"$set":[1,1]}}'),
    tagged('{"a":{"$set":null}}'),
    tagged('{"a":{"$bytes":"A"}}'),
    tagged('{"a":{"$bytes":"AB=="}}'),
    tagged('{"a":{"$bytes":"*A=="}}'),
    tagged('{"a":{"$bytes":7}}'),
    tagged('{"a":{"$object":[["b",1]]}}'),
    tagged('{"a":{"$object":[["$b",1],["$b",2]]}}'),
    tagged('{"a":{"$object":{}}}'),
    tagged('{"a":{"$object":[[1,1]]}}'),
    tagged('{"a":{"$null-prototype":[]}}'),
    tagged('{"a":{"$null-prototype":{"$null-prototype":{}}}}'),
    tagged('{"a":{"$u":1,"$undefined":true}}'),
    tagged('{"a":{"$undefined":true},"a":1}'),
    '{"a":'.repeat(513) + "1" + "}".repeat(513),
    tagged('{"a":['.repeat(300) + '{"$undefined":true}' + "]}".repeat(300)),
    "[".repeat(100_000),
  ])("%#: %.60s", (text) => {
    const error = refusal(() => decodeDocument(text));
    expect(error.code).toBe("CORRUPT");
    expect(error.cause).toBeUndefined();
    expect(`${error.stack} ${error.hint}`).not.toContain("secret");
  });

  test("a value that is no text", () => {
    for (const data of [undefined, null, 1, {}, ["{}"]]) {
      expect(refusal(() => textFormat.decode(data as string)).code).toBe("CORRUPT");
    }
  });

  test("a mutated text gives a document that can be encoded, or CORRUPT", () => {
    const mutation = fc.tuple(
      fc.nat(),
      fc.constantFrom(0, 1, 2, 9),
      fc.constantFrom("", '"', "$", "{", "]", "0", "-", ",", "\0"),
    );
    fc.assert(
      fc.property(anyDocument, fc.array(mutation, { minLength: 1, maxLength: 3 }), (document, mutations) => {
        let text = encodeDocument(document);
        for (const [at, removed, inserted] of mutations) {
          const index = at % (text.length + 1);
          text = text.slice(0, index) + inserted + text.slice(index + removed);
        }
        let decoded: unknown;
        try {
          decoded = decodeDocument(text);
        } catch (error) {
          expect(
            refusal(() => {
              throw error;
            }).code,
          ).toBe("CORRUPT");
          return;
        }
        assertSame(decodeDocument(encodeDocument(decoded)), decoded);
      }),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
