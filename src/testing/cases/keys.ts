/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import { type CaseDraft, refused, type Subject } from "../case.js";
import { argumentsFor, type Document, documentOf, documentOfOneKey, statsOf } from "../documents.js";
import type { ContractFacts, EntityFacts, FieldFacts, FieldKind } from "../facts.js";
import { HOSTILE_TEXTS, IMPOSSIBLE_TEXTS } from "../texts.js";

/** Stands for a field that is not there at all. */
const MISSING = Symbol("missing");

const OTHER_TYPES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: [null, 7, true, 7n, {}, ["a"], new Date(0)],
  number: [null, "7", true, 7n, {}, [7], new Date(0)],
  boolean: [null, "true", 1, 0n, {}, [true]],
};

const IMPOSSIBLE_KEYS: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: [MISSING, undefined, "", ...IMPOSSIBLE_TEXTS],
  number: [MISSING, undefined, Number.NaN, Infinity, -Infinity],
  boolean: [MISSING, undefined],
};

const IMPOSSIBLE_INDEXED: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: IMPOSSIBLE_TEXTS,
  number: [],
  boolean: [],
};

/** Rules S1 and S2 on storing: which keys are refused, and that no two are taken for one. */
export function keyCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) => [
    ...entity.key.flatMap((field) => [
      refusesCase(entity, field, [...IMPOSSIBLE_KEYS[field.kind], ...OTHER_TYPES[field.kind]]),
      ...(field.kind === "boolean" ? [] : [tellsApartCase(entity, field)]),
    ]),
    ...entity.indexed.map((field) =>
      refusesCase(entity, field, [...IMPOSSIBLE_INDEXED[field.kind], ...OTHER_TYPES[field.kind]]),
    ),
    ...tupleCases(entity),
  ]);
}

function refusesCase(entity: EntityFacts, field: FieldFacts, values: readonly unknown[]): CaseDraft {
  return {
    name: `${entity.name}.${field.name} is refused when it is missing, impossible or of another type`,
    rule: "S1",
    async run(subject) {
      for (const value of values) {
        const document = documentOf(entity, 1, { [field.name]: value });
        if (value === MISSING) delete document[field.name];
        await refused("INVALID_INPUT", () => subject.store(entity, document), describe(value));
      }
      // What was refused has opened nothing.
      await subject.module.init();
      assertSame(subject.stats(), statsOf(subject.facts), "nothing was written");
    },
  };
}

function tellsApartCase(entity: EntityFacts, field: FieldFacts): CaseDraft {
  const values =
    field.kind === "string"
      ? ["a", "b", ...HOSTILE_TEXTS]
      : [0, 1, -1, 0.1, 1e21, 5e-324, 2 ** 53, 2 ** 53 - 1];
  return {
    name: `${entity.name}.${field.name} is compared exactly, however alike two values look`,
    rule: "S1",
    async run(subject) {
      const documents = values.map((value, n) =>
        documentOfOneKey(entity, n, { [field.name]: value, mark: value }),
      );
      await storeAndReadBack(subject, entity, documents);
      if (field.kind !== "number") return;
      await subject.store(entity, documentOfOneKey(entity, 0, { [field.name]: -0 }));
      assertSame(subject.stats()[entity.count], documents.length, "-0 is the key 0");
    },
  };
}

/** Separators with which a backend might join the parts of a key. */
const JOINTS = [":", "::", "/", "|", ",", "-", ".", " ", "\u0001", "\u001f", "\\", '","', "'", "%3A", "a"];

function tupleCases(entity: EntityFacts): CaseDraft[] {
  const [first, second] = entity.key.filter((field) => field.kind === "string");
  if (first === undefined || second === undefined) return [];
  return [
    {
      name: `${entity.name}: a key is a tuple, whatever its parts hold`,
      rule: "S2",
      async run(subject) {
        const pairs = [
          ...JOINTS.flatMap((joint) => [
            [`a${joint}b`, "c"],
            ["a", `b${joint}c`],
          ]),
          ["x", "y"],
          ["y", "x"],
        ];
        const documents = pairs.map(([one, other], n) =>
          documentOfOneKey(entity, n, { [first.name]: one, [second.name]: other, mark: n }),
        );
        await storeAndReadBack(subject, entity, documents);
      },
    },
  ];
}

/** Every document is there, and found by its own key alone. */
async function storeAndReadBack(
  subject: Subject,
  entity: EntityFacts,
  documents: readonly Document[],
): Promise<void> {
  for (const document of documents) await subject.store(entity, document);
  assertSame(
    subject.stats(),
    statsOf(subject.facts, { [entity.name]: documents.length }),
    "each is a key of its own",
  );
  const gets = entity.reads.filter((read) => read.kind === "get");
  for (const document of documents) {
    for (const read of gets) {
      assertSame(await subject.read(read, argumentsFor(read, document)), document, read.method);
    }
  }
}

function describe(value: unknown): string {
  if (value === MISSING) return "a missing field";
  if (typeof value === "string")
    return `a string of ${value.length} units: ${JSON.stringify(value.slice(0, 20))}`;
  return `${typeof value} ${String(value)}`;
}
