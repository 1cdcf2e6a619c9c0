/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import type { CaseDraft } from "../case.js";
import { type Document, groupOf, isKey, shuffled, withField } from "../documents.js";
import type { ContractFacts, EntityFacts, FieldFacts, ReadFacts } from "../facts.js";
import { ORDER_VALUES } from "../values.js";
import { Witness } from "../witness.js";

/** Rule S6, for each read that orders: lists, and "the last". */
export function orderCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads.flatMap((read) => (isOrdered(read) ? casesOf(entity, read) : [])),
  );
}

function isOrdered(read: ReadFacts): boolean {
  return read.kind === "list" || read.kind === "page" || read.params.some((param) => param.optional);
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

function shuffledCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} orders ${describeOrder(entity)} what was stored in another order`,
    rule: "S6",
    async run(subject) {
      for (const seed of [1, 2, 3]) {
        const witness = new Witness(subject, entity);
        const documents = shuffled(valued(entity, read), seed);
        for (const document of documents) {
          await witness.store(document);
          await witness.check(read, document, "while it is filled");
        }
        await witness.clear();
      }
    },
  };
}

function overwriteCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} keeps the position of what is overwritten`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = shuffled(groupOf(entity, read, 5));
      for (const document of documents) await witness.store(document);
      for (const document of shuffled(documents, 3)) {
        await witness.store({ ...document, mark: "again" });
        await witness.check(read, document, "after an overwrite");
      }
    },
  };
}

function movesCase(entity: EntityFacts, read: ReadFacts, field: FieldFacts): CaseDraft {
  return {
    name: `${read.method} moves a document whose ${field.name} is overwritten`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = groupOf(entity, read, 4);
      for (const document of documents) await witness.store(document);
      for (const [index, value] of ORDER_VALUES[field.kind].entries()) {
        const document = documents[(index * 3) % documents.length] ?? {};
        await witness.store(withField(document, field, value));
        await witness.check(read, document, `after ${field.name} became ${String(value)}`);
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
        const witness = new Witness(subject, entity);
        const documents = shuffled(groupOf(entity, read, 4)).map((document) =>
          withField(document, field, value),
        );
        for (const document of documents) await witness.store(document);
        await witness.check(read, documents[0] ?? {}, "of equals");
        await witness.store({ ...documents[0], mark: "again" });
        await witness.check(read, documents[0] ?? {}, "of equals, one overwritten");
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
      const witness = new Witness(subject, entity);
      const documents = groupOf(entity, read, 4);
      for (const document of documents) await witness.store(document);
      const [, moved = {}] = documents;
      for (const value of [other, undefined, moved[field.name]]) {
        await witness.store(withField(moved, field, value));
        await witness.check(read, moved, "where it was");
        await witness.check(read, { ...moved, [field.name]: other }, "where it went");
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

function isLookedUp(read: ReadFacts, field: FieldFacts): boolean {
  return read.params.some((param) => !param.optional && param.field.name === field.name);
}

function describeOrder(entity: EntityFacts): string {
  const terms = entity.order.map(
    ({ field, descending }) => `${field.name}${descending ? " descending" : ""}`,
  );
  return terms.length === 0 ? "by position" : `by ${terms.join(", ")}`;
}
