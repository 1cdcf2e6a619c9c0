/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import { type CaseDraft, refused } from "../case.js";
import { argumentsFor, documentOf, groupOf } from "../documents.js";
import { answerWith, ExpectedEntity } from "../expected.js";
import type { ContractFacts, EntityFacts, FieldFacts, ReadFacts } from "../facts.js";
import { MISSES, OTHERWISE, WRONG_TYPES } from "../values.js";

/** Rules S1, S3 and S7 on reading: what is found, what is a miss, what is refused. */
export function lookupCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads.flatMap((read) => [
      missCase(entity, read),
      ...(read.params.length === 0 ? [] : [impossibleCase(entity, read), wrongTypeCase(entity, read)]),
      ...(read.params.some((param) => param.optional) ? [leftOutCase(entity, read)] : []),
    ]),
  );
}

const nothing = (read: ReadFacts): unknown => answerWith(read, []);

function missCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} misses with ${JSON.stringify(nothing(read)) ?? "undefined"}`,
    rule: "S7",
    async run(subject) {
      const [stored = {}] = groupOf(entity, read, 1);
      const other = { ...stored };
      for (const { field } of read.params) other[field.name] = OTHERWISE[field.kind];
      for (const last of [false, true]) {
        assertSame(
          await subject.read(read, argumentsFor(read, other, last)),
          nothing(read),
          "of an empty storage",
        );
      }
      await subject.store(entity, {
        ...stored,
        ...Object.fromEntries(booleansOf(read).map(({ name }) => [name, false])),
      });
      if (read.params.length === 0) return;
      assertSame(await subject.read(read, argumentsFor(read, other)), nothing(read), "beside what is stored");
      for (const neighbour of subject.facts.entities) {
        if (neighbour === entity) continue;
        const key = Object.fromEntries(neighbour.key.map(({ name, kind }) => [name, OTHERWISE[kind]]));
        await subject.store(neighbour, documentOf(neighbour, 1, key));
      }
      assertSame(
        await subject.read(read, argumentsFor(read, other)),
        nothing(read),
        "of a key of other entities",
      );
    },
  };
}

function booleansOf(read: ReadFacts): FieldFacts[] {
  return read.params.map((param) => param.field).filter((field) => field.kind === "boolean");
}

function impossibleCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} misses what can never have been stored`,
    rule: "S1",
    async run(subject) {
      const [stored] = groupOf(entity, read, 1);
      await subject.store(entity, stored);
      for (const [index, param] of read.params.entries()) {
        for (const value of MISSES[param.field.kind]) {
          if (param.optional && value === "") continue;
          const args = argumentsFor(read, stored ?? {});
          args[index] = value;
          assertSame(
            await subject.read(read, args),
            nothing(read),
            `${param.field.name} ${JSON.stringify(value)}`,
          );
        }
      }
    },
  };
}

function wrongTypeCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} refuses arguments of another type`,
    rule: "S1",
    async run(subject) {
      const [stored] = groupOf(entity, read, 1);
      await subject.store(entity, stored);
      for (const [index, param] of read.params.entries()) {
        const wrong: unknown[] = [...WRONG_TYPES[param.field.kind]];
        for (const value of param.optional
          ? wrong.filter((item) => item !== undefined)
          : [...wrong, undefined]) {
          const args = argumentsFor(read, stored ?? {});
          args[index] = value;
          await refused(
            "INVALID_INPUT",
            () => subject.read(read, args),
            `${param.field.name} of type ${typeof value}`,
          );
        }
      }
    },
  };
}

function leftOutCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} without its last argument, or with an empty one, answers the last`,
    rule: "S3",
    async run(subject) {
      const documents = groupOf(entity, read, 3);
      for (const document of documents) await subject.store(entity, document);
      const [first] = documents;
      const shorter = argumentsFor(read, first ?? {}, true);
      const forms = [shorter, [...shorter, undefined]];
      if (read.params.at(-1)?.field.kind === "string") forms.push([...shorter, ""]);
      const expected = new ExpectedEntity(entity);
      for (const document of documents) expected.store(document);
      const last = expected.answer(read, first ?? {}, true);
      for (const args of forms)
        assertSame(await subject.read(read, args), last, `of ${args.length} arguments`);
    },
  };
}
