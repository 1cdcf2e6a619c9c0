/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { createInMemoryStorage, type HandlerManifest, type Transformer } from "@gati-framework/storage";
import {
  assertSame,
  gtypeArbitrary,
  hookManifestArbitrary,
  manifestArbitrary,
  operationsArbitrary,
  runOperations,
  timescapeMetadataArbitrary,
  transformerArbitrary,
  versionGraphArbitrary,
} from "@gati-framework/storage-testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

const SEED = 11;

const EVERY_KIND = [
  "string",
  "number",
  "boolean",
  "undefined",
  "bigint",
  "null",
  "array",
  "object",
  "bare object",
  "Date",
  "Map",
  "Set",
  "Uint8Array",
  "NaN",
  "-0",
  "Infinity",
  "-Infinity",
  "own __proto__",
  "NUL",
  "lone surrogate",
];

describe("the arbitraries that are made of the entity types", () => {
  it("draw documents that every rule allows", async () => {
    const storage = createInMemoryStorage().exports;
    for (const document of draw(manifestArbitrary())) await storage.storeManifest(document);
    for (const document of draw(hookManifestArbitrary())) await storage.storeHookManifest(document);
    for (const document of draw(gtypeArbitrary())) await storage.storeGType(document);
    for (const document of draw(transformerArbitrary())) await storage.storeTransformer(document);
    for (const document of draw(versionGraphArbitrary())) await storage.storeVersionGraph(document);
    for (const document of draw(timescapeMetadataArbitrary())) await storage.storeTimescapeMetadata(document);
    expect(Object.values(storage.getStats()).every((count) => count > 20)).toBe(true);
  });

  it("draw `any` fields from the whole domain of rule S4", () => {
    const seen = new Set<string>();
    for (const { transformations } of draw(transformerArbitrary(), 3000)) {
      for (const { details } of transformations) collectKinds(details, seen);
    }
    expect(EVERY_KIND.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  it("draw keys that collide, hostile ones, and optional properties in each of their three forms", () => {
    const documents = draw(manifestArbitrary(), 2000);
    const keys = documents.map((document: HandlerManifest) => `${document.handlerId}\0${document.version}`);
    expect(new Set(keys).size).toBeLessThan(documents.length / 2);
    const ids = new Set(documents.map((document) => document.handlerId));
    for (const text of ["__proto__", "\u00e9", "e\u0301", "\u{10000}", "\uffff", "a:b", "k".repeat(512)]) {
      expect(ids).toContain(text);
    }
    const forms = new Set(
      documents.map(({ policies }) =>
        "roles" in policies ? String(policies.roles === undefined) : "absent",
      ),
    );
    expect(forms).toEqual(new Set(["absent", "true", "false"]));
    expect(documents.some((document) => "extra" in document)).toBe(true);
    const times = documents.map((document) => document.createdAt);
    for (const edge of [Infinity, -Infinity, -0, Number.NaN, -1, 0.5]) {
      expect(times.some((time) => Object.is(time, edge))).toBe(true);
    }
  });

  it("nest recursive types, and end", () => {
    const depths = draw(gtypeArbitrary(), 500).map((gtype) => depthOf(gtype));
    expect(Math.max(...depths)).toBe(4);
    expect(Math.min(...depths)).toBe(1);
  });

  it("refuse nothing unless refusals are asked for, and then some", async () => {
    expect(await countRefusals(false)).toBe(0);
    expect(await countRefusals(true)).toBeGreaterThan(20);
  });
});

describe("assertSame", () => {
  const different: readonly (readonly [string, unknown, unknown])[] = [
    ["-0", 0, -0],
    ["an absent property", {}, { a: undefined }],
    ["the order of properties", { a: 1, b: 2 }, { b: 2, a: 1 }],
    [
      "the order of entries",
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
    ],
    ["the order of items", new Set([1, 2]), new Set([2, 1])],
    ["a prototype", {}, Object.create(null)],
    ["bytes", new Uint8Array([1]), new Uint8Array([2])],
    ["an invalid date", new Date(Number.NaN), new Date(0)],
    ["an element", [1], [1, undefined]],
    ["null", null, undefined],
  ];

  it.each(different)("tells %s", (_, actual, expected) => {
    expect(() => assertSame(actual, expected)).toThrow();
    expect(() => assertSame(expected, actual)).toThrow();
    assertSame(structuredCloneWithPrototype(actual), actual);
  });
});

function draw<T>(arbitrary: fc.Arbitrary<T>, count = 200): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED });
}

function structuredCloneWithPrototype(value: unknown): unknown {
  const isBare = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
  return isBare ? Object.assign(Object.create(null) as object, value) : structuredClone(value);
}

function depthOf(gtype: { items?: unknown; types?: unknown; properties?: unknown }): number {
  const properties = Object.values((gtype.properties ?? {}) as Record<string, { type: unknown }>);
  const inner = [
    gtype.items,
    ...((gtype.types ?? []) as unknown[]),
    ...properties.map((property) => property.type),
  ];
  return 1 + Math.max(0, ...inner.flatMap((item) => (item === undefined ? [] : [depthOf(item as object)])));
}

function collectKinds(value: Transformer["transformations"][number]["details"], seen: Set<string>): void {
  if (typeof value === "string") {
    if (value.includes("\0")) seen.add("NUL");
    if (!value.isWellFormed()) seen.add("lone surrogate");
  }
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    seen.add(Object.is(value, -0) ? "-0" : String(value));
  }
  if (typeof value !== "object") seen.add(typeof value);
  else if (value === null) seen.add("null");
  else if (Array.isArray(value)) {
    seen.add("array");
    for (const item of value) collectKinds(item, seen);
  } else {
    const prototype = Object.getPrototypeOf(value) as { constructor: { name: string } } | null;
    const name = prototype?.constructor.name ?? "bare object";
    seen.add(name === "Object" ? "object" : name);
    if (Object.hasOwn(value as object, "__proto__")) seen.add("own __proto__");
    for (const key of Object.keys(value as object)) {
      collectKinds(Object.getOwnPropertyDescriptor(value, key)?.value, seen);
    }
  }
}

async function countRefusals(refused: boolean): Promise<number> {
  let count = 0;
  for (const operations of fc.sample(operationsArbitrary({ refused }), { numRuns: 50, seed: SEED })) {
    const answers = await runOperations(createInMemoryStorage().exports, operations);
    count += answers.filter((answer) => answer.error?.code === "INVALID_INPUT").length;
  }
  return count;
}
