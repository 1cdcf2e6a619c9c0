/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { type CaseDraft, refused, type Subject } from "../case.js";
import {
  argumentsFor,
  type Document,
  documentOf,
  EVERYTHING,
  groupOf,
  removalArguments,
  shuffled,
  statsOf,
} from "../documents.js";
import { answerWith, ExpectedEntity } from "../expected.js";
import type { ContractFacts, EntityFacts, RemovalFacts } from "../facts.js";
import { assertSame } from "../same.js";
import { HOSTILE_TEXTS } from "../texts.js";
import { MISSES, WRONG_TYPES } from "../values.js";
import { Witness } from "../witness.js";

/** What removing takes away, and what it leaves alone. */
export function removalCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.removals.flatMap((removal) => [
      takesAwayCase(entity, removal),
      anewCase(entity, removal),
      turnCase(entity, removal),
      missCase(entity, removal),
      wrongTypeCase(entity, removal),
      hostileCase(entity, removal),
      keptCase(entity, removal),
    ]),
  );
}

/** A document of each combination of two values a key field, in a fixed odd order. */
function population(entity: EntityFacts): Document[] {
  const combinations = entity.key.reduce<Document[]>(
    (sets, { name, kind }) =>
      TWO_VALUES[kind].flatMap((value) => sets.map((fields) => ({ ...fields, [name]: value }))),
    [{}],
  );
  return shuffled(combinations.map((fields, n) => documentOf(entity, n, fields)));
}

const TWO_VALUES = { string: ["a", "a:b"], number: [1, 1.5], boolean: [false, true] } as const;

function takesAwayCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method} removes what has that key, says how many, and leaves all others`,
    rule: "S2",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = population(entity);
      const [target = {}, , other = {}] = documents;
      await witness.storeAll(documents);
      for (const what of ["once", "of what is gone already"]) {
        await witness.remove(removal, target);
        await witness.checkAll([target, other, ...witness.documents.slice(0, 2)], `after removing ${what}`);
      }
      for (const document of documents) await witness.remove(removal, document);
      await witness.checkAll([target, other], "after removing all");
      assertSame(subject.stats(), statsOf(subject.facts), "stats");
    },
  };
}

function anewCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method}: what is removed and stored again takes the last position`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = groupOf(entity, EVERYTHING, 5);
      await witness.storeAll(documents);
      for (const document of [documents[0], documents.at(-1), documents[2]]) {
        if (document === undefined) continue;
        await witness.remove(removal, document);
        // Another one comes between, so that a position that was free again would show.
        await witness.store(documentOf(entity, 50 + witness.documents.length));
        await witness.store({ ...document, mark: "again" });
        await witness.checkAll([document, ...witness.documents.slice(-2)], "after it came back");
      }
    },
  };
}

function turnCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method} takes its place among the calls of one turn`,
    rule: "S8",
    async run(subject) {
      const [document = {}] = groupOf(entity, EVERYTHING, 1);
      const args = removalArguments(removal, document);
      // The first round opens the storage, the second finds it open.
      for (const round of ["opening", "open"]) {
        const writes: Promise<unknown>[] = [];
        const counts: Promise<unknown>[] = [];
        const answers: Promise<unknown>[] = [];
        const expected: unknown[] = [];
        const look = (found: readonly Document[]): void => {
          for (const read of entity.reads) {
            answers.push(subject.read(read, argumentsFor(read, document)));
            expected.push(answerWith(read, found));
          }
        };
        counts.push(subject.remove(removal, args));
        for (const mark of [1, 2]) {
          const version = { ...document, mark };
          writes.push(subject.store(entity, version));
          look([version]);
          counts.push(subject.remove(removal, args), subject.remove(removal, args));
          look([]);
        }
        writes.push(subject.store(entity, document));
        look([document]);
        assertSame(await Promise.all(answers), expected, round);
        assertSame(await Promise.all(counts), [round === "opening" ? 0 : 1, 1, 0, 1, 0], round);
        await Promise.all(writes);
        assertSame(await subject.module.refreshStats(), statsOf(subject.facts, { [entity.name]: 1 }), round);
      }
    },
  };
}

function missCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method} answers 0 for what is not there, or can never have been`,
    rule: "S7",
    async run(subject) {
      const document = documentOf(entity, 1);
      await untouched(subject, entity, document, async () => {
        for (const [index, field] of removal.params.entries()) {
          for (const value of MISSES[field.kind]) {
            const args = removalArguments(removal, document);
            args[index] = value;
            assertSame(await subject.remove(removal, args), 0, `${field.name} ${JSON.stringify(value)}`);
          }
        }
      });
    },
  };
}

function wrongTypeCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method} refuses arguments of another type`,
    rule: "S1",
    async run(subject) {
      const document = documentOf(entity, 1);
      await untouched(subject, entity, document, async () => {
        for (const [index, field] of removal.params.entries()) {
          for (const value of [...WRONG_TYPES[field.kind], undefined]) {
            const args = removalArguments(removal, document);
            args[index] = value;
            const what = `${field.name} of type ${typeof value}`;
            const error = await refused("INVALID_INPUT", () => subject.remove(removal, args), what);
            assertSame(error.entity, entity.name, what);
          }
        }
        await refused("INVALID_INPUT", () => subject.remove(removal, []), "no arguments at all");
      });
    },
  };
}

/** What `run` does must change nothing of what is stored. */
async function untouched(
  subject: Subject,
  entity: EntityFacts,
  document: Document,
  run: () => Promise<void>,
): Promise<void> {
  const witness = new Witness(subject, entity);
  await witness.store(document);
  await run();
  await witness.checkAll([document], "afterwards");
}

function hostileCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  const texts = removal.params.filter((field) => field.kind === "string");
  return {
    name: `${removal.method} takes hostile strings for nothing but keys`,
    rule: "S18",
    async run(subject) {
      for (const neighbour of subject.facts.entities) {
        if (neighbour !== entity) await subject.store(neighbour, documentOf(neighbour, 1));
      }
      const counts = Object.fromEntries(subject.facts.entities.map(({ name }) => [name, 1]));
      const values = texts.length === 0 ? ["a"] : HOSTILE_TEXTS;
      const documents = values.map((text, n) =>
        documentOf(entity, n, Object.fromEntries(texts.map((field) => [field.name, text]))),
      );
      for (const document of documents) await subject.store(entity, document);
      for (const [n, document] of shuffled(documents).entries()) {
        assertSame(await subject.remove(removal, removalArguments(removal, document)), 1, `document ${n}`);
        const left = documents.length - n - 1;
        assertSame(
          await subject.module.refreshStats(),
          statsOf(subject.facts, { ...counts, [entity.name]: left }),
        );
      }
    },
  };
}

function keptCase(entity: EntityFacts, removal: RemovalFacts): CaseDraft {
  return {
    name: `${removal.method}: what is gone is gone after shutdown and init, and positions count on`,
    rule: "S12",
    async run(subject) {
      const documents = groupOf(entity, EVERYTHING, 4);
      for (const document of documents) await subject.store(entity, document);
      const gone = documents.at(-1) ?? {};
      await subject.remove(removal, removalArguments(removal, gone));
      await subject.module.shutdown();
      await subject.module.init();
      const { durable, savedAtShutdown = durable } = subject.module.capabilities;
      const expected = new ExpectedEntity(entity);
      if (savedAtShutdown) {
        for (const document of documents) expected.store(document);
        expected.remove(removal.params, gone);
      }
      for (const document of [documentOf(entity, 60), { ...gone, mark: "again" }]) {
        await subject.store(entity, document);
        expected.store(document);
      }
      for (const read of entity.reads) {
        for (const document of documents) {
          const answer = await subject.read(read, argumentsFor(read, document, true));
          assertSame(answer, expected.answer(read, document, true), read.method);
        }
      }
    },
  };
}
