import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyDocument, objectFormat, textFormat } from "../../../src/document/index.js";
import { assertSame, holes, refusal } from "./support.js";

class Point {
  x = 1;
}
class MyMap extends Map {}
class MyDate extends Date {}
class MyArray extends Array {}
class MyBytes extends Uint8Array {}

const hidden = <T extends object>(object: T, key: PropertyKey): T =>
  Object.defineProperty(object, key, { value: "secret", enumerable: false });
const accessor = <T extends object>(object: T, key: PropertyKey, descriptor: PropertyDescriptor): T =>
  Object.defineProperty(object, key, { enumerable: true, configurable: true, ...descriptor });
const throwing = (trap: keyof ProxyHandler<object>, target: object = { a: 1 }): object =>
  new Proxy(target, {
    [trap]() {
      throw new Error("secret");
    },
  });
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const cyclic: Record<string, unknown> = { list: [{}] };
(cyclic["list"] as object[])[0] = { back: cyclic };
const cyclicMap = new Map<unknown, unknown>();
cyclicMap.set("self", { cyclicMap });

/** What is refused, and the path and the finding that the message ends with. */
const REFUSED: [unknown, string][] = [
  [undefined, "it is undefined, not a plain object"],
  [null, "it is null, not a plain object"],
  [1, "it is a number, not a plain object"],
  ["secret", "it is a string, not a plain object"],
  [() => 1, "it is a function, not a plain object"],
  [[], "it is an array, not a plain object"],
  [new Map(), "it is a Map, not a plain object"],
  [new Date(), "it is a Date, not a plain object"],
  [new Point(), "it is an instance of Point"],
  [{ transformations: [{ details: { fn() {} } }] }, "transformations[0].details.fn is a function"],
  [{ a: Point }, "a is a function"],
  [{ "a b": { "": Symbol("secret") } }, '["a b"][""] is a symbol'],
  [{ a: { [Symbol("secret")]: 1 } }, "a has a property named by a symbol"],
  [{ a: hidden({}, Symbol.iterator) }, "a has a property named by a symbol"],
  [{ a: hidden({}, "b") }, "a.b is not enumerable"],
  [{ a: accessor({}, "b", { get: () => "secret" }) }, "a.b is an accessor (get or set)"],
  [{ a: accessor({}, "b", { set() {} }) }, "a.b is an accessor (get or set)"],
  [{ a: accessor({}, "b", { get: undefined } as object) }, "a.b is an accessor (get or set)"],
  [{ a: accessor([1, 2], 1, { get: () => "secret" }) }, "a[1] is an accessor (get or set)"],
  [{ a: accessor([1, 2], 1, { set() {} }) }, "a[1] is an accessor (get or set)"],
  [{ a: new Point() }, "a is an instance of Point"],
  [{ a: new MyMap() }, "a is an instance of MyMap"],
  [{ a: new MyDate() }, "a is an instance of MyDate"],
  [{ a: new MyArray() }, "a is an instance of MyArray"],
  [{ a: new MyBytes(1) }, "a is a MyBytes, a kind of Uint8Array"],
  [{ a: Buffer.from("secret") }, "a is a Buffer"],
  [{ a: new Float64Array(1) }, "a is a Float64Array"],
  [{ a: new ArrayBuffer(1) }, "a is an instance of ArrayBuffer"],
  [{ a: Object("secret") as object }, "a is an instance of String"],
  [{ a: Object(1) as object }, "a is an instance of Number"],
  [{ a: /secret/ }, "a is an instance of RegExp"],
  [{ a: new TypeError("secret") }, "a is an instance of TypeError"],
  [{ a: Promise.resolve("secret") }, "a is an instance of Promise"],
  [{ a: new WeakMap() }, "a is an instance of WeakMap"],
  [{ a: new URL("http://secret/") }, "a is an instance of URL"],
  [{ a: Object.create({ b: 1 }) as object }, "a is an object with a prototype of its own"],
  [{ a: Object.create(Date.prototype) as object }, "a threw while it was read"],
  [{ a: Object.setPrototypeOf([], null) as object }, "a is an object with a prototype of its own"],
  [{ a: runInNewContext("new (class Foreign {})()") as object }, "a is an instance of Foreign"],
  // oxlint-disable-next-line no-sparse-arrays
  [{ a: [1, , 2] }, "a[1] is a hole in an array"],
  [{ a: Array.from({ length: 3 }).concat(holes(1)) }, "a[3] is a hole in an array"],
  [{ a: Object.assign([1], { extra: "secret" }) }, "a.extra is a property beside the elements"],
  [{ a: hidden([1], "raw") }, "a.raw is a property beside the elements"],
  [{ a: hidden([1], Symbol("secret")) }, "a has a property named by a symbol"],
  [{ a: Object.assign(new Date(), { extra: 1 }) }, "a.extra is a property beside the elements"],
  [{ a: Object.assign(new Map(), { extra: 1 }) }, "a.extra is a property beside the elements"],
  [{ a: Object.assign(new Set(), { extra: 1 }) }, "a.extra is a property beside the elements"],
  [{ a: Object.assign(new Uint8Array(2), { extra: 1 }) }, "a.extra is a property beside the elements"],
  [{ a: hidden(new Uint8Array(70_000), Symbol("secret")) }, "a has a property named by a symbol"],
  [{ a: new Map([[{ k() {} }, 1]]) }, "a.<map key 0>.k is a function"],
  [
    {
      a: new Map<unknown, unknown>([
        [1, 1],
        [2, [() => 1]],
      ]),
    },
    "a.<map value 1>[0] is a function",
  ],
  [{ a: new Set([1, Symbol("secret")]) }, "a.<set item 1> is a symbol"],
  [{ a: [cyclic] }, "a[0].list[0].back contains itself (a cycle)"],
  [{ a: cyclicMap }, "a.<map value 0>.cyclicMap contains itself (a cycle)"],
  [{ a: throwing("getPrototypeOf") }, "a threw while it was read"],
  [{ a: throwing("ownKeys") }, "a threw while it was read"],
  [{ b: { c: {} }, a: throwing("getOwnPropertyDescriptor") }, "a threw while it was read"],
  [{ b: [[1], throwing("get", [1])] }, "b[1] threw while it was read"],
  [{ a: revoked() }, "a threw while it was read"],
  [throwing("ownKeys"), "it threw while it was read"],
  [
    new Proxy({}, { ownKeys: () => ["ghost"], getOwnPropertyDescriptor: () => undefined }),
    "ghost is listed as a property, but is none",
  ],
  [{ ["x".repeat(100)]: () => 1 }, `${"x".repeat(64)}… is a function`],
];

describe("S4: what cannot be stored without loss is refused with its path", () => {
  test.each(REFUSED)("%#", (document, ending) => {
    for (const format of [objectFormat, textFormat]) {
      const error = refusal(() => format.encode(document));
      // The ellipsis of a shortened name makes it no identifier.
      const found = error.message.replaceAll(/\["(x+…)"\]/g, "$1");
      expect(found).toBe(`document cannot be stored: ${ending}`);
      expect(error.code).toBe("INVALID_INPUT");
      expect(error.outcome).toBe("not-written");
      expect(error.hint).toMatch(/\.$|…}\.$/);
      expect(error.cause).toBeUndefined();
      expect(`${error.stack} ${error.hint}`).not.toContain("secret");
    }
  });

  test("the entity is named, and hints say the fix", () => {
    const error = refusal(() => copyDocument({ a: Buffer.alloc(1) }, "manifest"));
    expect(error.entity).toBe("manifest");
    expect(error.message).toBe("manifest cannot be stored: a is a Buffer");
    expect(error.hint).toContain("new Uint8Array(buffer)");
  });

  test("getters are not run", () => {
    let runs = 0;
    refusal(() => copyDocument(accessor({}, "a", { get: () => runs++ })));
    refusal(() => copyDocument({ list: accessor([0], 0, { get: () => runs++ }) }));
    expect(runs).toBe(0);
  });

  test("of a proxy that answers differently each time, the value that is stored is the one that was checked", () => {
    let reads = 0;
    const shifty = new Proxy({ a: 0 }, { get: () => (reads++ === 0 ? 1 : () => 2) });
    assertSame(copyDocument(shifty), { a: 1 });
    reads = 0;
    const unlike = new Proxy(
      { a: 0, f: undefined },
      {
        getOwnPropertyDescriptor: (_, key) => ({
          value: key === "f" ? undefined : reads++ === 0 ? 1 : () => 2,
          writable: true,
          enumerable: true,
          configurable: true,
        }),
      },
    );
    expect(refusal(() => copyDocument(unlike)).message).toContain(": a is a function");
  });

  test("a proxy that claims an odd length", () => {
    for (const length of [Number.NaN, -1, "2", 2 ** 32, { valueOf: () => 7 }, 1n]) {
      const liar = new Proxy([1], {
        get: (target, key) => (key === "length" ? length : Reflect.get(target, key)),
      });
      expect(["INVALID_INPUT", "TOO_LARGE"]).toContain(refusal(() => copyDocument({ liar })).code);
    }
  });

  test("a document may be stored while another is being read", () => {
    const outer = new Proxy(
      { a: { b: 1 }, c: 2 },
      {
        getOwnPropertyDescriptor(target, key) {
          refusal(() => copyDocument({ deep: [{ er: () => 1 }] }));
          return Reflect.getOwnPropertyDescriptor(target, key);
        },
      },
    );
    expect(refusal(() => copyDocument({ o: outer, f: () => 1 })).message).toContain(": f is a function");
    assertSame(copyDocument(outer), { a: { b: 1 }, c: 2 });
  });
});

const outcome = (run: () => unknown): unknown => {
  try {
    return { value: run() };
  } catch (error) {
    const { code, message, hint } = refusal(() => {
      throw error;
    });
    return { code, message, hint };
  }
};

describe("S14: every format refuses the same documents alike", () => {
  test("for anything at all", () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    } as fc.ObjectConstraints);
    const odd = fc.constantFrom<unknown>(...REFUSED.map(([document]) => document));
    const document = fc.oneof(anything, fc.dictionary(fc.string(), fc.oneof(anything, odd), { maxKeys: 4 }));
    fc.assert(
      fc.property(document, (input) => {
        assertSame(
          outcome(() => textFormat.decode(textFormat.encode(input).data)),
          outcome(() => objectFormat.decode(objectFormat.encode(input).data)),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
