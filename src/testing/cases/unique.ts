/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { type CaseDraft, refused } from "../case.js";
import { type Document, documentOf, isKey, withField } from "../documents.js";
import type { ContractFacts, EntityFacts, FieldFacts } from "../facts.js";
import { assertSame } from "../same.js";
import { Witness } from "../witness.js";

/** A group of fields that no two documents of an entity share. */
interface Unique {
  readonly entity: EntityFacts;
  readonly fields: readonly FieldFacts[];
  /** Its fields that are no part of the key, and so can change or be absent. */
  readonly own: readonly FieldFacts[];
  /** `slug` or `owner and name` */
  readonly name: string;
}

/** What no two documents share, they never do; and what is refused for it changes nothing. */
export function uniqueCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.unique
      // One that holds the whole key can never be in conflict.
      .filter((fields) => !entity.key.every((part) => fields.some(({ name }) => name === part.name)))
      .map((fields): Unique => ({
        entity,
        fields,
        own: fields.filter((field) => !isKey(entity, field)),
        name: `${entity.name} by ${fields.map((field) => field.name).join(" and ")}`,
      }))
      .flatMap((unique) => [
        conflictCase(unique),
        turnCase(unique),
        batchCase(unique),
        freedByClearCase(unique),
        ...entity.removals.slice(0, 1).map(() => freedByRemovalCase(unique)),
        ...(unique.own.length === 0 ? [] : [freedByOverwriteCase(unique), movesCase(unique)]),
        ...unique.own.map((field) => absentCase(unique, field)),
      ]),
  );
}

/** The `n`th document, with what `other` has of the unique fields. */
function rivalOf({ entity, fields }: Unique, other: Document, n: number): Document {
  return documentOf(entity, n, shared(fields, other));
}

function shared(fields: readonly FieldFacts[], document: Document): Document {
  return Object.fromEntries(fields.map(({ name }) => [name, document[name]]));
}

function conflictCase(unique: Unique): CaseDraft {
  const { entity, fields, name } = unique;
  return {
    name: `${name}: a second one is refused and nothing changes; overwriting the first is fine`,
    rule: "S13",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      await witness.store(first);
      const error = await refused("CONFLICT", () => subject.store(entity, rival), "the second");
      assertSame([error.entity, error.retryable, typeof error.hint], [entity.name, false, "string"]);
      for (const { name: field, kind } of fields) {
        assert.ok(error.message.includes(field), error.message);
        const told = kind === "string" && `${error.message}${error.hint}`.includes(String(first[field]));
        assert.ok(!told, "the error shows a value (rule S17)");
      }
      await witness.checkAll([first, rival], "after the refusal");
      await witness.store({ ...first, mark: "again" });
      await witness.checkAll([first], "after overwriting");
      // One that is there already may not take the value either, and stays as it is.
      const other = documentOf(entity, 2);
      await witness.storeAll([other, rival]);
      await witness.checkAll([first, other, rival], "after a refused overwrite");
    },
  };
}

function turnCase(unique: Unique): CaseDraft {
  const { entity, name } = unique;
  return {
    name: `${name}: of two writes in one turn the first wins, and the second fails alone`,
    rule: "S9",
    async run(subject) {
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      const [third = {}, fourth = {}] = [3, 4].map((n) => documentOf(entity, n));
      const witness = new Witness(subject, entity);
      // The first round opens the storage, the second finds it open.
      for (const round of ["opening", "open"]) {
        const again = { ...first, mark: round };
        await witness.turn([third, first, rival, fourth, again].map((document) => ({ store: document })));
        await witness.checkAll([first, rival, third, fourth], round);
        await witness.clear();
      }
    },
  };
}

function batchCase(unique: Unique): CaseDraft {
  const { entity, name } = unique;
  return {
    name: `${name}: among fifty writes of one turn only those in conflict are refused`,
    rule: "S9",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const documents = Array.from({ length: 50 }, (_, n) => documentOf(entity, n));
      const [first = {}, second = {}] = documents;
      await witness.store(first);
      const rivals = [first, second].map((document, n) => rivalOf(unique, document, 60 + n));
      const writes = documents.flatMap((document, n) =>
        n % 10 === 5 ? [document, rivals[n % 2] ?? {}] : [document],
      );
      await witness.turn(writes.map((document) => ({ store: document })));
      await witness.checkAll([...rivals, ...documents.slice(0, 6)], "afterwards");
    },
  };
}

function freedByClearCase(unique: Unique): CaseDraft {
  const { entity, name } = unique;
  return {
    name: `${name}: clear frees the value, also between writes of one turn`,
    rule: "S9",
    async run(subject) {
      const witness = new Witness(subject, entity);
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      await witness.store(first);
      await witness.turn([{ store: rival }, "clear", { store: rival }, { store: first }]);
      await witness.checkAll([first, rival], "after one turn");
      await witness.clear();
      await witness.storeAll([rival, first]);
      await witness.checkAll([first, rival], "after one by one");
    },
  };
}

function freedByRemovalCase(unique: Unique): CaseDraft {
  const { entity, name } = unique;
  return {
    name: `${name}: removing frees the value, also between writes of one turn`,
    rule: "S8",
    async run(subject) {
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      for (const removal of entity.removals) {
        const witness = new Witness(subject, entity);
        await witness.storeAll([first, rival]);
        await witness.remove(removal, first);
        await witness.storeAll([rival, first]);
        await witness.checkAll([first, rival], "after one by one");
        await witness.clear();
        await witness.store(first);
        const removing = { remove: removal, of: first };
        await witness.turn([{ store: rival }, removing, { store: rival }, { store: first }]);
        await witness.checkAll([first, rival], "after one turn");
        await witness.clear();
      }
    },
  };
}

function freedByOverwriteCase(unique: Unique): CaseDraft {
  const { entity, own, name } = unique;
  return {
    name: `${name}: overwriting with another value frees the first, and so does leaving it out`,
    rule: "S6",
    async run(subject) {
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      for (const field of own) {
        for (const value of [documentOf(entity, 9)[field.name], undefined]) {
          const witness = new Witness(subject, entity);
          const changed = withField(first, field, value);
          for (const [documents, when] of [
            [[first, rival, changed], "given up"],
            [[rival, first], "taken by another"],
          ] as const) {
            await witness.storeAll(documents);
            await witness.checkAll([first, rival, changed], `${field.name} ${String(value)}, ${when}`);
          }
          await witness.clear();
        }
      }
    },
  };
}

function movesCase(unique: Unique): CaseDraft {
  const { entity, own, name } = unique;
  return {
    name: `${name}: a value moves from one to another within one turn, and cannot be had back`,
    rule: "S8",
    async run(subject) {
      const first = documentOf(entity, 1);
      const rival = rivalOf(unique, first, 2);
      for (const field of own) {
        const witness = new Witness(subject, entity);
        const without = withField(first, field, undefined);
        await witness.turn([first, rival, without, rival, first].map((document) => ({ store: document })));
        await witness.checkAll([first, rival, without], field.name);
        await witness.clear();
      }
    },
  };
}

function absentCase(unique: Unique, field: FieldFacts): CaseDraft {
  const { entity, name } = unique;
  return {
    name: `${name}: without ${field.name} none is in conflict`,
    rule: "S6",
    async run(subject) {
      // A number that is none counts as absent.
      for (const absent of field.kind === "number" ? [undefined, Number.NaN] : [undefined]) {
        const witness = new Witness(subject, entity);
        const first = documentOf(entity, 1);
        const documents = [1, 2, 3].map((n) => withField(rivalOf(unique, first, n), field, absent));
        for (const mark of ["first", "again"]) {
          await witness.storeAll(documents.map((document) => ({ ...document, mark })));
          await witness.checkAll([first, ...documents], mark);
        }
        await witness.clear();
      }
    },
  };
}
