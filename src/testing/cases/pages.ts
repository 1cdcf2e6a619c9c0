/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import type { CaseDraft } from "../case.js";
import { type Document, groupOf, shuffled } from "../documents.js";
import type { ContractFacts, EntityFacts, ReadFacts } from "../facts.js";
import { pageable, walk, wholeOf } from "../paging.js";
import { assertSame } from "../same.js";
import { Witness } from "../witness.js";

/** Lists that are read page by page: all of it, once, in order, whatever else goes on. */
export function pageCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads.flatMap((read) =>
      read.kind !== "page"
        ? []
        : [
            wholeCase(entity, read),
            tiesCase(entity, read),
            usualSizeCase(entity, read),
            stableCase(entity, read),
            ...(entity.removals.length === 0 ? [] : [removedCase(entity, read)]),
          ],
    ),
  );
}

function wholeCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: pages of each size are the whole list, and the last has no next`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = pageable(entity, read, 12);
      const [document = {}] = documents;
      assertSame(await walk(subject.module.exports, read, document, {}), [[]], "of nothing");
      await witness.storeAll(documents);
      const narrowed = read.narrowing.map(({ name, field, use }): Document => {
        const value =
          use === "filter" ? document[field.name] : use === "from" ? LEAST[field.kind] : MOST[field.kind];
        return value === undefined ? {} : { [name]: value };
      });
      for (const options of [{}, ...narrowed, Object.assign({}, ...narrowed) as Document]) {
        const whole = wholeOf(witness, read, document, options);
        for (let limit = 1; limit <= whole.length + 2; limit++) {
          const expected: Document[][] = [];
          for (let at = 0; at < whole.length || at === 0; at += limit)
            expected.push(whole.slice(at, at + limit));
          const pages = await walk(subject.module.exports, read, document, { ...options, limit });
          assertSame(pages, expected, `${read.method} by ${limit}`);
        }
      }
    },
  };
}

const LEAST = { string: "a", number: -1, boolean: false } as const;
const MOST = { string: "b", number: 3, boolean: true } as const;

function tiesCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: pages neither skip nor repeat what is equal in order`,
    rule: "S6",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = shuffled(groupOf(entity, read, 7));
      const [document = {}] = documents;
      await witness.storeAll(documents);
      await witness.store({ ...document, mark: "again" });
      for (const limit of [1, 2, 3]) {
        const pages = await walk(subject.module.exports, read, document, { limit });
        assertSame(pages.flat(), wholeOf(witness, read, document), `by ${limit}`);
      }
    },
  };
}

function usualSizeCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: a page holds 100 unless told otherwise`,
    rule: "S6",
    async run(subject) {
      const documents = groupOf(entity, read, 201);
      const [document = {}] = documents;
      await Promise.all(documents.slice(0, 200).map((each) => subject.store(entity, each)));
      const sizes = async (options: Document): Promise<number[]> =>
        (await walk(subject.module.exports, read, document, options)).map((page) => page.length);
      const stored = Math.min(200, documents.length);
      assertSame(await sizes({}), stored === 200 ? [100, 100] : [stored]);
      assertSame(await sizes({ limit: 1000 }), [stored]);
      for (const each of documents.slice(200)) await subject.store(entity, each);
      if (documents.length > 200) assertSame(await sizes({ limit: undefined }), [100, 100, 1]);
    },
  };
}

function stableCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: what is there all the while is read once and in order, whatever others write`,
    rule: "S6",
    async run(subject) {
      const [removal] = entity.removals;
      for (const limit of [1, 2, 3]) {
        const witness = new Witness(subject, entity);
        const [newcomers, settled, leaving] = thirds(pageable(entity, read, 24));
        const [document = {}] = settled;
        await witness.storeAll(settled);
        await witness.storeAll(leaving);
        const before = wholeOf(witness, read, document);
        const isAmong = (documents: readonly Document[], item: Document): boolean =>
          documents.some((each) => entity.key.every(({ name }) => each[name] === item[name]));
        const isSettled = (item: Document): boolean => isAmong(settled, item);
        // What is gone before each page but the first.
        const gone: (readonly Document[])[] = [];
        const seen = await walk(subject.module.exports, read, document, { limit }, async (items) => {
          const newcomer = newcomers.pop();
          if (newcomer !== undefined) await witness.store(newcomer);
          const left = leaving.pop();
          const isAlone = left !== undefined && removal?.params.length === entity.key.length;
          if (removal !== undefined && isAlone) await witness.remove(removal, left);
          gone.push([...(gone.at(-1) ?? []), ...(isAlone ? [left] : [])]);
          // Overwritten in its place, which it keeps.
          const kept = items.find(isSettled);
          if (kept !== undefined) await witness.store({ ...kept });
        });
        assertSame(seen.flat().filter(isSettled), before.filter(isSettled), `by ${limit}`);
        const returned = seen
          .slice(1)
          .flatMap((page, n) => page.filter((item) => isAmong(gone[n] ?? [], item)));
        assertSame(returned, [], `by ${limit}: what was removed before its page was read`);
        await witness.clear();
      }
    },
  };
}

function thirds(documents: readonly Document[]): [Document[], Document[], Document[]] {
  const part = (rest: number): Document[] => documents.filter((_, n) => n % 3 === rest);
  return [part(0), part(1), part(2)];
}

function removedCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method}: a cursor goes on though its document was removed`,
    rule: "S6",
    async run(subject) {
      const [removal] = entity.removals.toSorted((a, b) => b.params.length - a.params.length);
      const witness = new Witness(subject, entity);
      const documents = pageable(entity, read, 9);
      await witness.storeAll(documents);
      const [document = {}] = documents;
      // What is seen already, and what is still there to be seen.
      let due = wholeOf(witness, read, document);
      let seen = 0;
      const pages = await walk(subject.module.exports, read, document, { limit: 2 }, async (items) => {
        seen += items.length;
        const last = items.at(-1);
        if (removal === undefined || last === undefined) return;
        await witness.remove(removal, last);
        const left = new Set(witness.documents);
        due = due.filter((each, n) => n < seen || left.has(each));
      });
      assertSame(pages.flat(), due);
    },
  };
}
