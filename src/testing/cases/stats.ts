/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { StorageError } from "../../errors.js";
import { assertSame } from "../same.js";
import { type CaseDraft, refused } from "../case.js";
import { documentOf, EVERYTHING, groupOf, statsOf } from "../documents.js";
import type { ContractFacts, EntityFacts } from "../facts.js";

/** Rule S10: the counts are exact, and there at once. */
export function statsCases(facts: ContractFacts): CaseDraft[] {
  return [firstCallCase(facts), ...facts.entities.map(countsCase)];
}

function countsCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name} is counted once a key, alone, and at once`,
    rule: "S10",
    async run(subject) {
      const check = async (count: number, what: string): Promise<void> => {
        const stats = subject.stats();
        assert.ok(!(stats instanceof Promise), "it is synchronous");
        assertSame(stats, statsOf(subject.facts, { [entity.name]: count }), what);
        assertSame(await subject.module.refreshStats(), stats, `refreshed, ${what}`);
      };
      await subject.module.init();
      await check(0, "of an empty storage");
      const documents = groupOf(entity, EVERYTHING, 6);
      for (const [index, document] of documents.entries()) {
        await subject.store(entity, document);
        await check(index + 1, "after a store");
      }
      for (const document of documents) await subject.store(entity, { ...document, mark: "again" });
      await check(documents.length, "after overwriting");
      await refused(
        "INVALID_INPUT",
        () => subject.store(entity, documentOf(entity, 99, { extra: () => 0 })),
        "a function",
      );
      await check(documents.length, "after a refusal");
      await subject.clear();
      await check(0, "after clear");
      await subject.store(entity, documents[0]);
      await check(1, "after clear and a store");
      const held = subject.stats() as Record<string, number>;
      held[entity.count] = 99;
      await check(1, "after an answer was changed (rule S5)");
    },
  };
}

function firstCallCase(facts: ContractFacts): CaseDraft {
  return {
    name: "getStats may be the first call, or says that the storage is not open yet",
    rule: "S10",
    async run(subject) {
      if (subject.module.capabilities.opensSynchronously) {
        assertSame(subject.stats(), statsOf(facts));
        return;
      }
      assert.throws(
        () => subject.stats(),
        (error) => StorageError.is(error) && error.code === "NOT_OPEN",
      );
      await subject.module.init();
      assertSame(subject.stats(), statsOf(facts), "exact right after opening");
    },
  };
}
