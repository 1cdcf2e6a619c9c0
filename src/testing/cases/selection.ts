/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { type CaseDraft, refused, type Subject } from "../case.js";
import { argumentsFor, type Document, groupOf, shuffled, withField } from "../documents.js";
import type {
  ContractFacts,
  EntityFacts,
  FieldFacts,
  FieldKind,
  NarrowingFacts,
  ReadFacts,
} from "../facts.js";
import { ORDER_VALUES, WRONG_TYPES } from "../values.js";
import { Witness } from "../witness.js";

/** What callers may narrow: optional filters, ranges and limits, and which options are refused. */
export function selectionCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads
      .filter(isNarrowed)
      .flatMap((read) => [
        ...(read.narrowing.length === 0 ? [] : [combinationsCase(entity, read)]),
        ...(boundsOf(read).length === 0 ? [] : [rangeCase(entity, read), noRangeCase(entity, read)]),
        ...(read.limited ? [limitCase(entity, read), badLimitCase(entity, read)] : []),
        noOptionsCase(entity, read),
        unknownOptionCase(entity, read),
        ...read.narrowing.map((option) => wrongTypeCase(entity, read, option)),
      ]),
  );
}

function isNarrowed(read: ReadFacts): boolean {
  return read.narrowing.length > 0 || read.limited;
}

function boundsOf(read: ReadFacts): NarrowingFacts[] {
  return read.narrowing.filter(({ use }) => use !== "filter");
}

/** Values to filter by: two that documents have, and one that none has. */
const FILTER_VALUES: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: ["one", "b", "none has it"],
  number: [1, -0, 99],
  boolean: [true, false],
};

/** Bounds at, between and beyond the values of documents, in no order. */
const BOUNDS: Readonly<Record<FieldKind, readonly unknown[]>> = {
  number: [3, Infinity, -1, -Infinity, -0, 2.75, 1e308],
  string: ["\uffff", "a", "b", "\u{10000}", "aa", "Z", "\u{10ffff}", "\u00e9"],
  boolean: [],
};

/** What no bound may be: not even a string that a filter would merely miss. */
const IMPOSSIBLE_BOUNDS: Readonly<Record<FieldKind, readonly unknown[]>> = {
  string: ["\ud800", "a\0"],
  number: [Number.NaN],
  boolean: [],
};

/** Documents that `read` finds by the same arguments, with every value that it may narrow or order by. */
function narrowable(entity: EntityFacts, read: ReadFacts): Document[] {
  const isFixed = ({ name }: FieldFacts): boolean => read.params.some((param) => param.field.name === name);
  const filters = read.narrowing.filter(({ use }) => use === "filter").map(({ field }) => field);
  const ordered = entity.order.map((term) => term.field);
  return shuffled(groupOf(entity, read, 24)).map((document, n) => {
    let result = document;
    for (const [depth, field] of ordered.entries()) {
      const values = valuesFor(entity, field, ORDER_VALUES[field.kind]);
      if (!isFixed(field)) result = withField(result, field, values[(n >> depth) % values.length]);
    }
    for (const [depth, field] of filters.entries()) {
      if (isFixed(field) || ordered.some(({ name }) => name === field.name)) continue;
      const values = valuesFor(entity, field, [...FILTER_VALUES[field.kind].slice(0, 2), undefined]);
      result = withField(result, field, values[Math.floor(n / 3 ** depth) % values.length]);
    }
    return result;
  });
}

/** Those that a key may have, where the field is part of it. */
function valuesFor(entity: EntityFacts, field: FieldFacts, values: readonly unknown[]): readonly unknown[] {
  if (!entity.key.some(({ name }) => name === field.name)) return values;
  return values.filter((value) => value !== undefined && value !== "" && !isOddNumber(value));
}

function isOddNumber(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

/** A storage that holds {@link narrowable} documents. */
async function filled(subject: Subject, entity: EntityFacts, read: ReadFacts): Promise<Witness> {
  const witness = new Witness(subject, entity);
  await witness.storeAll(narrowable(entity, read));
  return witness;
}

function combinationsCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  const names = read.narrowing.map((option) => option.name).join(", ");
  return {
    name: `${read.method} narrows by each combination of ${names}`,
    rule: "S7",
    async run(subject) {
      const witness = await filled(subject, entity, read);
      const [document = {}] = witness.documents;
      const combinations = read.narrowing.reduce<Document[]>(
        (sets, option) => {
          const { kind } = option.field;
          // Bounds have a case of their own; here each is there or not.
          const values = option.use === "filter" ? FILTER_VALUES[kind] : BOUNDS[kind].slice(0, 1);
          return [undefined, ...values].flatMap((value) =>
            sets.map((set) => (value === undefined ? set : { ...set, [option.name]: value })),
          );
        },
        [{}],
      );
      for (const options of combinations) {
        await witness.check(read, document, `by ${describe(options)}`, options);
      }
      const absent = Object.fromEntries(read.narrowing.map((option) => [option.name, undefined]));
      await witness.check(read, document, "by options that are undefined", absent);
    },
  };
}

function rangeCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  const bounds = boundsOf(read);
  const [{ field } = { field: { name: "", kind: "number" as const } }] = bounds;
  return {
    name: `${read.method} answers what is within bounds of ${field.name}, the upper one excluded`,
    rule: "S6",
    async run(subject) {
      const witness = await filled(subject, entity, read);
      const [document = {}] = witness.documents;
      const from = bounds.find(({ use }) => use === "from");
      const to = bounds.find(({ use }) => use === "to");
      const values = [undefined, ...BOUNDS[field.kind]];
      for (const lower of from === undefined ? [undefined] : values) {
        for (const upper of to === undefined ? [undefined] : values) {
          const options: Document = {};
          if (from !== undefined && lower !== undefined) options[from.name] = lower;
          if (to !== undefined && upper !== undefined) options[to.name] = upper;
          await witness.check(read, document, `within ${describe(options)}`, options);
        }
      }
    },
  };
}

function noRangeCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} refuses a bound that has no place in the order`,
    rule: "S1",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      for (const { name, field } of boundsOf(read)) {
        for (const value of IMPOSSIBLE_BOUNDS[field.kind]) {
          await refusedOption(subject, entity, read, document, { [name]: value });
        }
      }
    },
  };
}

function limitCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} answers no more than its limit, the first of them`,
    rule: "S6",
    async run(subject) {
      if (read.kind !== "list") return;
      const witness = await filled(subject, entity, read);
      const [document = {}] = witness.documents;
      const total = witness.documents.length;
      const narrowed = Object.fromEntries(
        read.narrowing
          .filter(({ use }) => use === "filter")
          .map(({ name, field }) => [name, FILTER_VALUES[field.kind][0]]),
      );
      for (const limit of [1, 2, total >> 1, total - 1, total, total + 1, Number.MAX_SAFE_INTEGER]) {
        if (limit < 1) continue;
        await witness.check(read, document, `of at most ${limit}`, { limit });
        await witness.check(read, document, `of at most ${limit}, narrowed`, { ...narrowed, limit });
      }
    },
  };
}

function badLimitCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} refuses a limit that is no whole number from 1`,
    rule: "S1",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      for (const limit of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, "5", null, true, 5n, {}]) {
        await refusedOption(subject, entity, read, document, { limit });
      }
    },
  };
}

function noOptionsCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} takes options of undefined or {} for none, and nothing else for options`,
    rule: "S1",
    async run(subject) {
      const witness = await filled(subject, entity, read);
      const [document = {}] = witness.documents;
      for (const options of [undefined, {}, Object.create(null) as Document]) {
        await witness.check(read, document, "without options", options);
      }
      for (const options of [null, 7, "limit", true, [], [1], () => 0]) {
        await refusedOption(subject, entity, read, document, options);
      }
    },
  };
}

function unknownOptionCase(entity: EntityFacts, read: ReadFacts): CaseDraft {
  return {
    name: `${read.method} refuses options that it has not, naming the nearest`,
    rule: "S16",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      const known = [...read.narrowing.map(({ name }) => name), ...(read.limited ? ["limit"] : [])];
      for (const name of known) {
        const error = await refusedOption(subject, entity, read, document, { [`${name}s`]: 1 });
        assert.ok(error.message.includes(`\`${name}\``), `"${error.message}" does not name ${name}`);
        assert.ok(error.hint?.includes(name), `the hint does not list ${name}`);
      }
      // Not even what every object has, nor one that is there and undefined.
      for (const name of ["nothingLikeIt", "constructor", "toString"]) {
        await refusedOption(subject, entity, read, document, { [name]: undefined });
      }
      await refusedOption(subject, entity, read, document, JSON.parse('{"__proto__":1}'));
    },
  };
}

function wrongTypeCase(entity: EntityFacts, read: ReadFacts, option: NarrowingFacts): CaseDraft {
  return {
    name: `${read.method} refuses ${option.name} of another type`,
    rule: "S1",
    async run(subject) {
      const [document = {}] = groupOf(entity, read, 1);
      for (const value of WRONG_TYPES[option.field.kind]) {
        if (value === undefined) continue;
        const error = await refusedOption(subject, entity, read, document, { [option.name]: value });
        assert.ok(error.message.includes(option.name), error.message);
      }
    },
  };
}

/** The error with which `read` refuses these options, however well its other arguments find `document`. */
function refusedOption(
  subject: Subject,
  entity: EntityFacts,
  read: ReadFacts,
  document: Document,
  options: unknown,
): ReturnType<typeof refused> {
  const args = [...argumentsFor(read, document), options];
  const what = `${read.method} with ${typeof options === "object" && options !== null ? Object.keys(options).join() : String(options)}`;
  return refused("INVALID_INPUT", () => subject.read(read, args), what).then((error) => {
    assert.equal(error.entity, entity.name, what);
    return error;
  });
}

function describe(options: Document): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${typeof value === "string" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}
