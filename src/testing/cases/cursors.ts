/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { type CaseDraft, refused, type Subject } from "../case.js";
import { argumentsFor, groupOf } from "../documents.js";
import type { ContractFacts, EntityFacts, ReadFacts } from "../facts.js";
import { pageable, readPage, wholeOf } from "../paging.js";
import { assertSame } from "../same.js";
import { Witness } from "../witness.js";

/** What says where a page ends, and the next begins: taken from its own list alone, and for longer than its storage is open. */
export function cursorCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads
      .filter(({ kind }) => kind === "page")
      .flatMap((read) => [cursorCase(facts, entity, read), laterCase(entity, read)]),
  );
}

function cursorCase(facts: ContractFacts, entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} refuses a cursor that is damaged, of another method, or no string`,
    rule: "S1",
    async run(subject) {
      const cursor = await someCursor(subject, entity, read);
      const [document = {}] = groupOf(entity, read, 1);
      const foreign = await Promise.all(
        facts.entities.flatMap((other) =>
          other.reads
            .filter(({ kind, method }) => kind === "page" && method !== read.method)
            .map(async (another) => {
              if (other !== entity) return someCursor(subject, other, another);
              const page = await readPage(subject.module.exports, another, document, { limit: 1 });
              return page.next;
            }),
        ),
      );
      const damaged = [
        ...foreign.filter((each) => each !== undefined),
        "",
        " ",
        cursor.slice(0, -1),
        cursor.slice(1),
        `${cursor}A`,
        `${cursor}=`,
        ` ${cursor}`,
        cursor.toUpperCase() === cursor ? cursor.toLowerCase() : cursor.toUpperCase(),
        "WyJ4Il0",
        "null",
        "'; DROP TABLE manifest; --",
        null,
        0,
        7,
        true,
        {},
        [cursor],
        new String(cursor),
      ];
      for (const after of damaged) {
        const args = [...argumentsFor(read, document), { after }];
        const what = `after ${typeof after} ${String(after).slice(0, 40)}`;
        const error = await refused("INVALID_INPUT", () => subject.read(read, args), what);
        assert.equal(error.entity, entity.name, what);
        assert.ok(error.message.includes("after"), error.message);
      }
    },
  };
}

/** The cursor of a first page of one, of two documents that are stored for it. */
async function someCursor(subject: Subject, entity: EntityFacts, read: ReadFacts): Promise<string> {
  const documents = groupOf(entity, read, 2);
  for (const document of documents) await subject.store(entity, document);
  const [document = {}] = documents;
  const { next } = await readPage(subject.module.exports, read, document, { limit: 1 });
  assert.ok(next !== undefined, `${read.method} of two by one has a second page`);
  return next;
}

function laterCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: a cursor goes on in another storage of the same data`,
    rule: "S12",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = pageable(entity, read, 6);
      await witness.storeAll(documents);
      const [document = {}] = documents;
      const whole = wholeOf(witness, read, document);
      const first = await readPage(subject.module.exports, read, document, { limit: 2 });
      const { durable, savedAtShutdown = durable } = subject.module.capabilities;
      if (!savedAtShutdown || subject.created.reopen === undefined) {
        // There is no other storage of the same data; in one that holds nothing, a cursor finds nothing.
        const other = await subject.initializer.create();
        const page = await readPage(other.module.exports, read, document, { after: first.next });
        await other.destroy();
        assertSame(page, { items: [], next: undefined });
        return;
      }
      await subject.module.shutdown();
      const module = await subject.created.reopen();
      try {
        const rest = await readPage(module.exports, read, document, { after: first.next });
        assertSame([...first.items, ...rest.items], whole, "both pages");
      } finally {
        await module.shutdown();
      }
    },
  };
}
