/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";
import { inspect } from "node:util";

import { assertSame } from "../same.js";
import { type CaseDraft, refused } from "../case.js";
import { argumentsFor, documentOf, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts, EntityFacts, ReadFacts } from "../facts.js";
import { HOSTILE_TEXTS } from "../texts.js";

const SECRET = "hunter2-5f1d";

/** Rules S13, S14, S17 and S18: errors are typed and tell no secrets, and nothing that is stored is ever executed. */
export function safetyCases(facts: ContractFacts): CaseDraft[] {
  return [
    ...facts.entities.map(secretCase),
    ...facts.entities.map(injectionCase),
    prototypeCase(facts),
    ...facts.entities.map(typedCase),
    checkedFirstCase(facts),
  ];
}

function secretCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name}: no error shows what a document holds`,
    rule: "S17",
    async run(subject) {
      const secret = { token: SECRET, list: [SECRET] };
      const [keyField] = entity.key;
      const impossible: readonly Record<string, unknown>[] = [
        { extra: { secret, fn: () => SECRET } },
        {
          extra: new (class Holder {
            token = SECRET;
          })(),
        },
        { extra: new Error(SECRET) },
        { extra: Symbol(SECRET) },
        {
          extra: {
            get token(): string {
              throw new Error(SECRET);
            },
          },
        },
        { secret, [keyField?.name ?? ""]: secret },
        { secret, [keyField?.name ?? ""]: `${SECRET}\0` },
        { secret, [keyField?.name ?? ""]: SECRET.repeat(50) },
        ...entity.indexed.map((field) => ({ secret, [field.name]: secret })),
      ];
      for (const fields of impossible) {
        const error = await refused(
          "INVALID_INPUT",
          () => subject.store(entity, documentOf(entity, 1, fields)),
          Object.keys(fields).join(),
        );
        const told = [
          error.message,
          error.stack,
          error.hint,
          JSON.stringify(error),
          inspect(error, { depth: null, showHidden: true }),
        ];
        assert.ok(!told.join("\n").includes(SECRET), "the error shows the document");
      }
      for (const read of entity.reads.filter((item) => item.params.length > 0)) {
        const error = await refused(
          "INVALID_INPUT",
          () =>
            subject.read(
              read,
              read.params.map(() => secret),
            ),
          read.method,
        );
        assert.ok(
          !inspect(error, { depth: null, showHidden: true }).includes(SECRET),
          "the error shows the argument",
        );
      }
    },
  };
}

function injectionCase(entity: EntityFacts): CaseDraft {
  const texts = entity.indexed.filter((field) => field.kind === "string");
  return {
    name: `${entity.name}: hostile strings are data everywhere, and change nothing else`,
    rule: "S18",
    async run(subject) {
      for (const neighbour of subject.facts.entities) {
        if (neighbour !== entity) await subject.store(neighbour, documentOf(neighbour, 1));
      }
      const counts = Object.fromEntries(subject.facts.entities.map(({ name }) => [name, 1]));
      const keyTexts = entity.key.filter((field) => field.kind === "string");
      for (const text of HOSTILE_TEXTS) {
        const hostile = Object.fromEntries([...keyTexts, ...texts].map((field) => [field.name, text]));
        const document = documentOf(entity, 1, { ...hostile, extra: { [text]: text } });
        await subject.store(entity, document);
        for (const read of entity.reads.filter(looksUpText)) {
          const answer = await subject.read(read, argumentsFor(read, document));
          assertSame(answer, answerWith(read, [document]), `${read.method} of ${JSON.stringify(text)}`);
        }
      }
      const own = keyTexts.length === 0 ? 1 : HOSTILE_TEXTS.length;
      assertSame(subject.stats(), statsOf(subject.facts, { ...counts, [entity.name]: own }));
    },
  };
}

function prototypeCase(facts: ContractFacts): CaseDraft {
  return {
    name: "storing and reading back never touches a prototype",
    rule: "S18",
    async run(subject) {
      const before = Reflect.ownKeys(Object.prototype).join();
      const evil = JSON.parse(
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      ) as object;
      for (const entity of facts.entities) {
        const document = documentOf(entity, 1, {
          evil,
          ...(JSON.parse('{"__proto__":{"polluted":1}}') as object),
        });
        await subject.store(entity, document);
        for (const read of entity.reads) await subject.read(read, argumentsFor(read, document));
      }
      assert.equal(Reflect.ownKeys(Object.prototype).join(), before);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    },
  };
}

function typedCase(entity: EntityFacts): CaseDraft {
  return {
    name: `${entity.name}: a refusal is an Error that says what, where and of which entity`,
    rule: "S13",
    async run(subject) {
      const error = await refused(
        "INVALID_INPUT",
        () => subject.store(entity, documentOf(entity, 1, { extra: () => 0 })),
        "a function",
      );
      assert.ok(error instanceof Error);
      assert.equal(error.name, "StorageError");
      assert.equal(error.entity, entity.name);
      assert.equal(error.retryable, false);
      assert.equal(typeof error.hint, "string");
    },
  };
}

/** The checks stand above the backend, so that a refused call does not disturb what is under way. */
function checkedFirstCase(facts: ContractFacts): CaseDraft {
  return {
    name: "the same mistake is refused alike by every entity, and disturbs nothing under way",
    rule: "S14",
    async run(subject) {
      const told = new Set<string>();
      for (const entity of facts.entities) {
        const writing = subject.store(entity, documentOf(entity, 1));
        const error = await refused(
          "INVALID_INPUT",
          () => subject.store(entity, documentOf(entity, 2, { extra: () => 0 })),
          entity.name,
        );
        await writing;
        told.add(error.message.replace(entity.name, "ENTITY"));
      }
      assert.deepEqual(told.size, 1, [...told].join("\n"));
      assertSame(
        subject.stats(),
        statsOf(facts, Object.fromEntries(facts.entities.map(({ name }) => [name, 1]))),
      );
    },
  };
}

function looksUpText(read: ReadFacts): boolean {
  return read.params.some((param) => param.field.kind === "string");
}
