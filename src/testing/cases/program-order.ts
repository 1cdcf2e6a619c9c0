/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import type { CaseDraft } from "../case.js";
import { argumentsFor, type Document, EVERYTHING, groupOf, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts, EntityFacts, ReadFacts } from "../facts.js";

/** Rule S8: answers are as if each call had been awaited before the next. */
export function programOrderCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) => [
    ...entity.reads.flatMap((read) => [sequenceCase(entity, read), clearedCase(entity, read)]),
    countCase(entity),
  ]);
}

function sequenceCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} sees what was written before it and nothing after, in one turn`,
    rule: "S8",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      const version = (mark: number): Document => ({ ...document, mark });
      // The first round opens the storage, the second finds it open.
      for (const round of ["opening", "open"]) {
        const calls: Promise<unknown>[] = [];
        const answers: Promise<unknown>[] = [];
        for (const last of [false, true, false]) {
          for (const mark of [1, 2, 3]) {
            calls.push(subject.store(entity, version(mark)));
            answers.push(subject.read(read, argumentsFor(read, document, last)));
          }
        }
        const marks = [1, 2, 3, 1, 2, 3, 1, 2, 3];
        assertSame(
          await Promise.all(answers),
          marks.map((mark) => answerWith(read, [version(mark)])),
          round,
        );
        await Promise.all(calls);
        const before = subject.read(read, argumentsFor(read, document));
        const after = subject.store(entity, version(9));
        assertSame(await before, answerWith(read, [version(3)]), "a read before a write");
        await after;
      }
    },
  };
}

function clearedCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} sees a clear in its place between writes of one turn`,
    rule: "S8",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      const args = argumentsFor(read, document);
      const nothing = answerWith(read, []);
      const found = answerWith(read, [document]);
      const writes = [subject.store(entity, document)];
      const answers = [subject.read(read, args)];
      writes.push(subject.clear());
      answers.push(subject.read(read, args));
      writes.push(subject.store(entity, document));
      answers.push(subject.read(read, args));
      assertSame(await Promise.all(answers), [found, nothing, found]);
      await Promise.all(writes);
      assertSame(await subject.read(read, args), found, "afterwards");
    },
  };
}

function countCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name} is counted with the writes of this turn, on a local storage`,
    rule: "S8",
    async run(subject) {
      const documents = groupOf(entity, EVERYTHING, 2);
      await subject.module.init();
      const writes = documents.map((document) => subject.store(entity, document));
      // A shared server is asked later; then the count is exact once the writes have resolved (rule S10).
      if (!subject.module.capabilities.opensSynchronously) await Promise.all(writes);
      assertSame(subject.stats(), statsOf(subject.facts, { [entity.name]: documents.length }));
      await Promise.all(writes);
    },
  };
}
