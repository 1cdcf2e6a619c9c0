/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { StorageError } from "../../errors.js";
import { assertSame } from "../same.js";
import type { CaseDraft } from "../case.js";
import { argumentsFor, documentOf, EVERYTHING, groupOf, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts, EntityFacts } from "../facts.js";

/** Rule S9: each store is all or nothing, and answers for itself. */
export function atomicityCases(facts: ContractFacts): CaseDraft[] {
  return [...facts.entities.map(neighboursCase), clearCase(facts)];
}

function neighboursCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name}: one bad document among fifty fails alone`,
    rule: "S9",
    async run(subject) {
      const documents = groupOf(entity, EVERYTHING, 50);
      const bad = Math.floor(documents.length / 2);
      const settled = await Promise.allSettled(
        documents.map((document, n) =>
          subject.store(entity, n === bad ? { ...document, extra: () => 0 } : document),
        ),
      );
      for (const [n, outcome] of settled.entries()) {
        assert.equal(outcome.status, n === bad ? "rejected" : "fulfilled", `document ${n}`);
        if (outcome.status === "rejected") assert.ok(StorageError.is(outcome.reason), "it is a StorageError");
      }
      assertSame(subject.stats(), statsOf(subject.facts, { [entity.name]: documents.length - 1 }));
      for (const read of entity.reads.filter((item) => item.kind === "get")) {
        for (const [n, document] of documents.entries()) {
          assertSame(
            await subject.read(read, argumentsFor(read, document)),
            n === bad ? read.miss : document,
            read.method,
          );
        }
      }
    },
  };
}

function clearCase(facts: ContractFacts): CaseDraft {
  return {
    name: "clear empties every entity in one step, and what is stored next begins anew",
    rule: "S9",
    async run(subject) {
      const fill = async (): Promise<void> => {
        await Promise.all(
          facts.entities.flatMap((entity) => [1, 2].map((n) => subject.store(entity, documentOf(entity, n)))),
        );
      };
      for (const round of [1, 2]) {
        await fill();
        const clearing = subject.clear();
        const answers = facts.entities.flatMap((entity) =>
          entity.reads.map((read) => subject.read(read, argumentsFor(read, documentOf(entity, 1)))),
        );
        assertSame(
          await Promise.all(answers),
          facts.entities.flatMap((entity) => entity.reads.map((read) => answerWith(read, []))),
          `reads of the same turn, round ${round}`,
        );
        await clearing;
        assertSame(subject.stats(), statsOf(facts), `stats, round ${round}`);
      }
      await subject.clear();
      assertSame(subject.stats(), statsOf(facts), "clearing nothing");
    },
  };
}
