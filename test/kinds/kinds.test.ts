import path from "node:path";

import {
  cloneDocument,
  copyDocument,
  copyKept,
  type DocumentKind,
  keepDocument,
} from "@gati-framework/storage-kit";
import { assertSame } from "@gati-framework/storage-testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { FOREIGN_SPECS, generatedFolder } from "../foreign/specs.js";
import { sharedContainers, tampered, tampering } from "./tampering.js";

const OURS = path.resolve(import.meta.dirname, "../../generated");

/** Where a schema's kinds and arbitraries were generated to. */
const SCHEMAS = [
  {
    name: "gati",
    kinds: `${OURS}/storage/src/kinds.ts`,
    testing: `${OURS}/storage-testing/src/arbitraries.ts`,
  },
  ...FOREIGN_SPECS.map((spec) => ({
    name: spec,
    kinds: path.join(generatedFolder(spec), spec, "kinds.ts"),
    testing: path.join(generatedFolder(spec), `${spec}-testing`, "arbitraries.ts"),
  })),
];

type Arbitraries = Record<string, () => fc.Arbitrary<object>>;

interface Subject {
  readonly label: string;
  readonly kind: DocumentKind;
  readonly arbitrary: fc.Arbitrary<object>;
}

const subjects: Subject[] = [];
for (const schema of SCHEMAS) {
  // oxlint-disable-next-line no-await-in-loop -- three of them
  const [kinds, arbitraries] = (await Promise.all([import(schema.kinds), import(schema.testing)])) as [
    Record<string, DocumentKind>,
    Arbitraries,
  ];
  for (const kind of Object.values(kinds)) {
    const arbitrary = arbitraries[`${kind.name}Arbitrary`]?.();
    if (arbitrary === undefined) throw new Error(`${schema.name} has no arbitrary of ${kind.name}`);
    subjects.push({ label: `${schema.name}: ${kind.name}`, kind, arbitrary });
  }
}

/** A document read through its kind, which must be what the general way gives, and must share nothing (rules S4 and S5). */
function assertCopied(document: object, kind: DocumentKind): void {
  const stored = copyDocument(document);
  const kept = keepDocument(stored, kind);
  const copy = copyKept(kept, kind);
  assertSame(copy, cloneDocument(stored));
  expect(sharedContainers(copy, stored)).toBe(0);
  // Reading has not changed what is kept.
  assertSame(stored, copyDocument(document));
}

describe.each(subjects)("copies made for the type: $label", ({ kind, arbitrary }) => {
  it("are those of the general way, for documents of the type", () => {
    fc.assert(
      fc.property(arbitrary, (document) => assertCopied(document, kind)),
      { numRuns: 500 },
    );
  });

  it("are those of the general way, for documents that do not fit it", () => {
    fc.assert(
      fc.property(arbitrary, tampering, (document, edits) => assertCopied(tampered(document, edits), kind)),
      { numRuns: 1000 },
    );
  });

  it("are made of documents of the type without looking for containers", () => {
    const drawn = fc.sample(arbitrary, { numRuns: 200, seed: 5 }).map((document) => copyDocument(document));
    expect(drawn.filter((document) => kind.fits(document)).length).toBeGreaterThan(100);
  });

  it("never take what a prototype holds for the document's own (rule S18)", () => {
    const [document] = fc.sample(arbitrary, { numRuns: 1, seed: 7 }).map((each) => copyDocument(each));
    const kept = keepDocument(document as object, kind);
    const expected = Reflect.ownKeys(document as object);
    for (const name of FIELD_NAMES)
      (Object.prototype as Record<string, unknown>)[name] ??= { polluted: true };
    try {
      expect(Reflect.ownKeys(copyKept(kept, kind))).toEqual(expected);
      expect(Reflect.ownKeys(copyKept(keepDocument(document as object, kind), kind))).toEqual(expected);
    } finally {
      for (const name of FIELD_NAMES) delete (Object.prototype as Record<string, unknown>)[name];
    }
  });
});

/** Optional fields that hold containers. */
const FIELD_NAMES = [
  "metrics",
  "roles",
  "properties",
  "validators",
  "result",
  "tags",
  "method",
  "maintainers",
];
