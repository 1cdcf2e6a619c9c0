/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import type { CaseDraft, Subject } from "../case.js";
import { argumentsFor, type Document, groupOf, shuffled } from "../documents.js";
import { ExpectedEntity } from "../expected.js";
import type { ContractFacts, EntityFacts, FieldFacts, FieldKind, ReadFacts } from "../facts.js";

/** Values in no order, many of them twice; `undefined` is an absent one. */
const ORDER_VALUES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  number: [
    3,
    -1,
    0,
    Number.NaN,
    2.5,
    Infinity,
    undefined,
    -Infinity,
    3,
    -0,
    10,
    9,
    1e308,
    5e-324,
    -1,
    2,
    undefined,
    3,
  ],
  string: [
    "b",
    "a",
    "\uffff",
    "A",
    "",
    "\u{10000}",
    "e\u0301",
    undefined,
    "\u00e9",
    "\ue000",
    "aa",
    "a",
    "B",
    "10",
    "9",
    "\u{1f600}",
  ],
  boolean: [true, false, undefined, true, false, true],
};

/** Rule S6, for each read that orders: lists, and "the last". */
export function orderCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads.flatMap((read) => (isOrdered(read) ? casesOf(entity, read) : [])),
  );
}

function isOrdered(read: ReadFacts): boolean {
  return read.kind === "list" || read.params.some((param) => param.optional);
}

function casesOf(entity: EntityFacts, read: ReadFacts): CaseDraft[] {
  const ordered = entity.order.map((term) => term.field);
  const free = ordered.filter((field) => !isLookedUp(read, field) && !isKey(entity, field));
  const indexed = read.params.map((param) => param.field).filter((field) => !isKey(entity, field));
  return [
    shuffledCase(entity, read),
    overwriteCase(entity, read),
    ...free.flatMap((field) => [movesCase(entity, read, field), tieCase(entity, read, field)]),
    ...indexed.map((field) => movesBetweenCase(entity, read, field)),
  ];
}

/** Writes and looks, keeping count of what should be there. */
class Witness {
  readonly #subject: Subject;
  readonly #entity: EntityFacts;
  readonly #read: ReadFacts;
  readonly #expected: ExpectedEntity;

  constructor(subject: Subject, entity: EntityFacts, read: ReadFacts) {
    this.#subject = subject;
    this.#entity = entity;
    this.#read = read;
    this.#expected = new ExpectedEntity(entity);
  }

  async store(document: Document): Promise<void> {
    await this.#subject.store(this.#entity, document);
    this.#expected.store(document);
  }

  /** What is read by the arguments that find `document` must be what is expected, order included. */
  async check(document: Document, what: string): Promise<void> {
    const expected = this.#expected.answer(this.#read, document, true);
    const answer = await this.#subject.read(this.#read, argumentsFor(this.#read, document, true));
    assertSame(answer, expected, `${this.#read.method} ${what}`);
  }
}

function shuffledCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} orders ${describeOrder(entity)} what was stored in another order`,
    rule: "S6",
    async run(subject) {
      for (const seed of [1, 2, 3]) {
        const witness = new Witness(subject, entity, read);
        const documents = shuffled(valued(entity, read), seed);
        for (const document of documents) {
          await witness.store(document);
          await witness.check(document, "while it is filled");
        }
        await subject.clear();
      }
    },
  };
}

function overwriteCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} keeps the position of what is overwritten`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity, read);
      const documents = shuffled(groupOf(entity, read, 5));
      for (const document of documents) await witness.store(document);
      for (const document of shuffled(documents, 3)) {
        await witness.store({ ...document, mark: "again" });
        await witness.check(document, "after an overwrite");
      }
    },
  };
}

function movesCase(entity: EntityFacts, read: ReadFacts, field: FieldFacts): CaseDraft {
  return {
    name: `${read.method} moves a document whose ${field.name} is overwritten`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity, read);
      const documents = groupOf(entity, read, 4);
      for (const document of documents) await witness.store(document);
      for (const [index, value] of ORDER_VALUES[field.kind].entries()) {
        const document = documents[(index * 3) % documents.length] ?? {};
        await witness.store(withField(document, field, value));
        await witness.check(document, `after ${field.name} became ${String(value)}`);
      }
    },
  };
}

function tieCase(entity: EntityFacts, read: ReadFacts, field: FieldFacts): CaseDraft {
  return {
    name: `${read.method} answers equals of ${field.name} as they were first stored`,
    rule: "S6",
    async run(subject) {
      for (const value of new Set(ORDER_VALUES[field.kind])) {
        const witness = new Witness(subject, entity, read);
        const documents = shuffled(groupOf(entity, read, 4)).map((document) =>
          withField(document, field, value),
        );
        for (const document of documents) await witness.store(document);
        await witness.check(documents[0] ?? {}, "of equals");
        await witness.store({ ...documents[0], mark: "again" });
        await witness.check(documents[0] ?? {}, "of equals, one overwritten");
        await subject.clear();
      }
    },
  };
}

function movesBetweenCase(entity: EntityFacts, read: ReadFacts, field: FieldFacts): CaseDraft {
  const other = { string: "elsewhere", number: 77, boolean: false }[field.kind];
  return {
    name: `${read.method} follows a document whose ${field.name} is overwritten, and back again`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity, read);
      const documents = groupOf(entity, read, 4);
      for (const document of documents) await witness.store(document);
      const [, moved = {}] = documents;
      for (const value of [other, undefined, moved[field.name]]) {
        await witness.store(withField(moved, field, value));
        await witness.check(moved, "where it was");
        await witness.check({ ...moved, [field.name]: other }, "where it went");
      }
    },
  };
}

/** A group with each combination of order values that its order fields can take, one field after another. */
function valued(entity: EntityFacts, read: ReadFacts): Document[] {
  const fields = entity.order
    .map((term) => term.field)
    .filter((field) => !isLookedUp(read, field) && !isKey(entity, field));
  const size = Math.max(8, ...fields.map((field) => ORDER_VALUES[field.kind].length));
  return groupOf(entity, read, size).map((document, n) => {
    let result = document;
    for (const [depth, field] of fields.entries()) {
      const values = ORDER_VALUES[field.kind];
      // The first field repeats more often, so that the next one decides.
      const at = depth === fields.length - 1 ? n : n % 3;
      result = withField(result, field, values[at % values.length]);
    }
    return result;
  });
}

/** `undefined` takes the field away. */
function withField(document: Document, field: FieldFacts, value: unknown): Document {
  const { [field.name]: _, ...rest } = document;
  return value === undefined ? rest : { ...document, [field.name]: value };
}

function isLookedUp(read: ReadFacts, field: FieldFacts): boolean {
  return read.params.some((param) => !param.optional && param.field.name === field.name);
}

function isKey(entity: EntityFacts, field: FieldFacts): boolean {
  return entity.key.some((part) => part.name === field.name);
}

function describeOrder(entity: EntityFacts): string {
  const terms = entity.order.map(
    ({ field, descending }) => `${field.name}${descending ? " descending" : ""}`,
  );
  return terms.length === 0 ? "by position" : `by ${terms.join(", ")}`;
}
