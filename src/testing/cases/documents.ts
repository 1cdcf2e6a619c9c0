/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { ownObject } from "../arbitraries/any-value.js";
import { assertSame } from "../same.js";
import { type CaseDraft, refused } from "../case.js";
import { argumentsFor, documentOf, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts, EntityFacts } from "../facts.js";
import { HOSTILE_TEXTS, IMPOSSIBLE_TEXTS } from "../texts.js";

/** Values of rule S4 that something on the way might lose, each made anew. */
const SPECIAL: Readonly<Record<string, () => unknown>> = {
  "plain JSON": () => ({ a: [1, "b", null, true, { c: [] }], d: {}, e: 1.5e-7 }),
  "undefined as property and element": () => ({ there: undefined, list: [undefined, 1, undefined] }),
  "numbers that JSON has not": () => [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE],
  bigint: () => [0n, -1n, 2n ** 70n],
  Date: () => [new Date(0), new Date(-1), new Date(8.64e15), new Date(Number.NaN)],
  Map: () =>
    new Map<unknown, unknown>([
      ["b", 1],
      ["a", new Map([[1, 2]])],
      [{ k: 1 }, undefined],
      [Number.NaN, -0],
    ]),
  Set: () => new Set<unknown>(["b", "a", undefined, { x: 1 }, new Set([1n])]),
  Uint8Array: () => [new Uint8Array(), new Uint8Array([0, 255, 128])],
  "own __proto__ and constructor": () =>
    ownObject(
      [
        ["__proto__", { polluted: true }],
        ["constructor", 1],
        ["toJSON", "text"],
      ],
      Object.prototype,
    ),
  "objects without a prototype": () => ownObject([["a", ownObject([], null)]], null),
  "hostile strings as values and names": () => {
    const texts = ["", ...HOSTILE_TEXTS, ...IMPOSSIBLE_TEXTS, "\u2028\u2029", '"\\"'];
    return [
      texts,
      ownObject(
        texts.map((text) => [text, text] as const),
        Object.prototype,
      ),
    ];
  },
  "names that look like an encoding": () => [
    { $date: 1 },
    { $map: [] },
    { $undefined: true },
    { $object: [["a", 1]] },
  ],
  "order of properties": () => ({ z: 1, a: 2, m: { y: 1, b: 2 } }),
  "deep nesting": () => nested(400),
};

class Point {
  readonly x = 1;
}

const REFUSED: Readonly<Record<string, readonly [path: string, make: () => unknown]>> = {
  "a function": ["extra.list[1].fn", () => ({ list: [1, { fn: () => 0 }] })],
  "a method named toJSON": ["extra.toJSON", () => ({ toJSON: () => 0 })],
  "a symbol": ["extra[0]", () => [Symbol("s")]],
  "an instance of a class": ["extra.at", () => ({ at: new Point() })],
  "a regular expression": ["extra.pattern", () => ({ pattern: /x/ })],
  "an error": ["extra", () => new Error("text")],
  "a promise": ["extra", () => Promise.resolve(1)],
  "a getter": [
    "extra.value",
    () => ({
      get value() {
        return 1;
      },
    }),
  ],
  "a hole": ["extra[1]", () => Array.from({ length: 1 }).concat(holes(1))],
  "a boxed string": ["extra", () => Object("text") as unknown],
  "a cycle": ["extra.self", () => cycle()],
};

/** Rule S4: documents come back equal, or are refused with the path of the offender. */
export function documentCases(facts: ContractFacts): CaseDraft[] {
  return [
    ...facts.entities.flatMap((entity) =>
      Object.entries(SPECIAL).map(([what, make]) => roundTripCase(entity, what, make)),
    ),
    ...facts.entities.map(refusalCase),
    ...facts.entities.slice(0, 1).flatMap(tooLargeCases),
  ];
}

function roundTripCase(entity: EntityFacts, what: string, make: () => unknown): CaseDraft {
  return {
    name: `${entity.name} keeps ${what}`,
    rule: "S4",
    async run(subject) {
      const document = (): Record<string, unknown> => ({
        extra: make(),
        ...documentOf(entity, 1),
        list: [make()],
      });
      await subject.store(entity, document());
      for (const read of entity.reads) {
        const answer = await subject.read(read, argumentsFor(read, document()));
        assertSame(answer, answerWith(read, [document()]), read.method);
      }
      assert.equal(
        ({} as { polluted?: unknown }).polluted,
        undefined,
        "Object.prototype is as it was (rule S18)",
      );
    },
  };
}

function refusalCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name} refuses what cannot be kept, naming its place`,
    rule: "S4",
    async run(subject) {
      for (const [what, [path, make]] of Object.entries(REFUSED)) {
        const document = documentOf(entity, 1, { extra: make() });
        const error = await refused("INVALID_INPUT", () => subject.store(entity, document), what);
        assert.ok(error.message.includes(path), `${what}: "${error.message}" does not name ${path}`);
        assert.equal(error.entity, entity.name, what);
      }
      for (const root of [undefined, null, 7, "text", [], new Map(), () => 0]) {
        await refused(
          "INVALID_INPUT",
          () => subject.store(entity, root),
          `a document that is ${typeof root}`,
        );
      }
      // What was refused has opened nothing.
      await subject.module.init();
      assertSame(subject.stats(), statsOf(subject.facts), "nothing was written");
    },
  };
}

function tooLargeCases(entity: EntityFacts): CaseDraft[] {
  return [
    {
      name: `${entity.name} refuses what is too deep or too large`,
      rule: "S4",
      async run(subject) {
        await refused(
          "TOO_LARGE",
          () => subject.store(entity, documentOf(entity, 1, { extra: nested(600) })),
          "600 levels",
        );
        const huge = "x".repeat(16 * 1024 * 1024);
        await refused(
          "TOO_LARGE",
          () => subject.store(entity, documentOf(entity, 1, { extra: huge })),
          "over 16 MiB",
        );
        // What was refused has opened nothing.
        await subject.module.init();
        assertSame(subject.stats(), statsOf(subject.facts), "nothing was written");
      },
    },
    {
      name: `${entity.name} keeps a document of a megabyte`,
      rule: "S4",
      async run(subject) {
        const document = documentOf(entity, 1, { extra: "\u20ac".repeat(350_000) });
        await subject.store(entity, document);
        for (const read of entity.reads) {
          const answer = await subject.read(read, argumentsFor(read, document));
          assertSame(answer, answerWith(read, [document]), read.method);
        }
      },
    },
  ];
}

function nested(levels: number): unknown {
  let value: unknown = "core";
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { value };
  return value;
}

function cycle(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}

function holes(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}
