/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import type { CaseDraft, Subject } from "../case.js";
import { call } from "../case.js";
import { argumentsFor, type Document, EVERYTHING, groupOf, shuffled, statsOf } from "../documents.js";
import { ExpectedEntity } from "../expected.js";
import type { ContractFacts, EntityFacts } from "../facts.js";
import type { DynamicModule } from "../initializer.js";

/** Rule S12: a durable storage finds everything again, another one says that it does not, and begins empty. */
export function durabilityCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) => [
    {
      name: `${entity.name} after shutdown and init: all there, or none where nothing is durable`,
      rule: "S12",
      async run(subject) {
        const documents = await fill(subject, entity);
        await subject.module.shutdown();
        await subject.module.init();
        await check(subject, subject.module, entity, documents);
      },
    },
    {
      name: `${entity.name} in a new module on the same data: all there, or none where nothing is durable`,
      rule: "S12",
      async run(subject) {
        const documents = await fill(subject, entity);
        await subject.module.shutdown();
        if (subject.created.reopen === undefined) {
          const other = await subject.initializer.create();
          await other.module.init();
          assertSame(call(other.module.exports, "getStats", []), statsOf(subject.facts));
          await other.destroy();
          return;
        }
        const module = await subject.created.reopen();
        try {
          await module.init();
          await check(subject, module, entity, documents);
        } finally {
          await module.shutdown();
        }
      },
    },
  ]);
}

async function fill(subject: Subject, entity: EntityFacts): Promise<Document[]> {
  const documents: Document[] = [];
  for (const document of shuffled(groupOf(entity, EVERYTHING, 5))) {
    const kept = { ...document, extra: new Map([["a", -0]]) };
    await subject.store(entity, kept);
    documents.push(kept);
  }
  return documents;
}

/** Positions count on: what is stored afterwards stands behind what was found again. */
async function check(
  subject: Subject,
  module: DynamicModule,
  entity: EntityFacts,
  documents: readonly Document[],
): Promise<void> {
  const expected = new ExpectedEntity(entity);
  const { durable, savedAtShutdown = durable } = module.capabilities;
  if (savedAtShutdown) for (const document of documents) expected.store(document);
  assertSame(
    call(module.exports, "getStats", []),
    statsOf(subject.facts, { [entity.name]: savedAtShutdown ? documents.length : 0 }),
  );
  const look = async (): Promise<void> => {
    for (const read of entity.reads) {
      for (const document of documents) {
        for (const last of [false, true]) {
          const answer = await call(module.exports, read.method, argumentsFor(read, document, last));
          assertSame(answer, expected.answer(read, document, last), read.method);
        }
      }
    }
  };
  await look();
  for (const document of documents.toReversed()) {
    const again = { ...document, mark: "again" };
    await call(module.exports, entity.store, [again]);
    expected.store(again);
  }
  await look();
}
