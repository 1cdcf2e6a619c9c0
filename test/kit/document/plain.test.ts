import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame } from "../../../src/testing/same.js";
import { walkDocument } from "../../../src/document/copy.js";
import { copyDocument } from "../../../src/document/index.js";
import { copyPlain } from "../../../src/document/plain.js";
import { anyDocument, assertSame, refusal } from "./support.js";

/** The copy, or what the refusal says. */
function outcome(copy: () => object): unknown {
  let copied: object | undefined;
  try {
    copied = copy();
  } catch (error) {
    const { code, message, hint } = refusal(() => {
      throw error;
    });
    return { code, message, hint };
  }
  return { copied };
}

function assertAgree(document: unknown): void {
  assertSame(
    outcome(() => copyDocument(document)),
    outcome(() => walkDocument(document, undefined).copy),
  );
}

function isJson(document: object): boolean {
  return isSame(JSON.parse(JSON.stringify(document)), document);
}

/** What makes an object or an array no plain one, at a place in it. */
const HOSTILE: readonly ((container: object, key: string) => void)[] = [
  (container, key) =>
    Object.defineProperty(container, key, { get: () => 1, enumerable: true, configurable: true }),
  (container, key) =>
    Object.defineProperty(container, key, { set: () => {}, enumerable: true, configurable: true }),
  (container, key) =>
    Object.defineProperty(container, key, { value: 1, enumerable: false, configurable: true }),
  (container) => Object.defineProperty(container, Symbol("own"), { value: 1, enumerable: true }),
  (container) => Object.defineProperty(container, Symbol("hidden"), { value: 1, enumerable: false }),
  (container) =>
    Object.defineProperty(container, "raw", { value: [], enumerable: false, configurable: true }),
  (container) =>
    Object.defineProperty(container, "extra", { value: {}, enumerable: true, configurable: true }),
  (container) => void Reflect.setPrototypeOf(container, Object.create(Object.prototype) as object),
  (container) => void (Array.isArray(container) && (container.length += 1)),
  (container) => void (Array.isArray(container) && delete container[0]),
];

describe("S4, S14: the short way through plain JSON", () => {
  const plain = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 4 }), {
    maxKeys: 6,
    noNullPrototype: true,
  });

  test("copies any plain JSON as the walk does", () => {
    fc.assert(
      fc.property(plain, (document) => {
        assertAgree(document);
        const copy = copyPlain(document);
        // JSON has no -0.
        if (copy !== undefined || isJson(document)) assertSame(copy, document);
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves to the walk whatever else there is", () => {
    fc.assert(fc.property(fc.oneof(anyDocument, fc.anything()), assertAgree), { numRuns: 2000 });
  });

  test.each(HOSTILE.map((make, index) => [index, make] as const))(
    "never takes what the walk refuses: %i",
    (_, make) => {
      for (const document of [
        { a: 1, b: [1, 2] },
        { a: { b: 1 }, c: { d: ["x"] } },
      ]) {
        for (const pick of [(root: object) => root, firstContainer, lastContainer]) {
          const target = structuredClone(document);
          make(pick(target), Object.keys(pick(target))[0] ?? "a");
          assertAgree(target);
        }
      }
    },
  );

  test("runs no accessor", () => {
    let runs = 0;
    const document = {
      a: 1,
      list: [0],
      get b() {
        return runs++;
      },
    };
    Object.defineProperty(document.list, 0, { get: () => runs++, enumerable: true, configurable: true });
    refusal(() => copyDocument(document));
    refusal(() => copyDocument({ list: document.list }));
    expect(runs).toBe(0);
  });

  test("sees no more than the document has, whatever every object has been given", () => {
    const polluted = Object.prototype as { polluted?: unknown };
    polluted.polluted = 1;
    try {
      expect(Object.keys(copyDocument({ a: [{}] }))).toEqual(["a"]);
      // One that is hidden and one that is not the document's own are not to be taken for the two that it has.
      const hidden = Object.defineProperty({ a: 1 }, "b", { value: 1, enumerable: false });
      expect(refusal(() => copyDocument(hidden)).message).toMatch(/: b is not enumerable$/);
    } finally {
      delete polluted.polluted;
    }
  });

  test("gives up where a document could grow too large", () => {
    expect(copyPlain({ text: "x".repeat(600_000) })).toBeUndefined();
    const inner = Array.from({ length: 1000 }, () => "x".repeat(100));
    expect(copyPlain({ many: Array.from({ length: 10 }, () => inner) })).toBeUndefined();
    expect(copyPlain({ few: [inner] })).toBeDefined();
  });
});

function firstContainer(root: object): object {
  return Object.values(root).find((value) => typeof value === "object") as object;
}

function lastContainer(root: object): object {
  const inner = Object.values(root).findLast((value) => typeof value === "object") as object;
  return Object.values(inner).some((value) => typeof value === "object") ? lastContainer(inner) : inner;
}
