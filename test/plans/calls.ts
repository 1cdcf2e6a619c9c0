import { expect } from "vitest";

import type {
  ContractFacts,
  DynamicContract,
  EntityFacts,
  FieldFacts,
  ReadFacts,
} from "@gati-framework/storage-kit/testing";

/** Documents of each kind: enough for a planner to see that a table is no small one. */
const DOCUMENTS = 3000;

/** The document whose values are asked for; it has every field. */
const ASKED = 1501;

/** How many rows a page has: few enough for places with and without each value, many enough to be done soon. */
const PAGE = 400;

type Document = Readonly<Record<string, unknown>>;

/** Fills a storage. No two documents of a kind share their key or what must be unique. */
export async function fill(storage: DynamicContract, { entities }: ContractFacts): Promise<void> {
  await Promise.all(
    entities.flatMap((entity) =>
      Array.from({ length: DOCUMENTS }, (_, n) => storage[entity.store]!(documentOf(entity, n))),
    ),
  );
}

/**
 * Calls every method of a storage in every way that makes a statement of its own: with each set of options, from places with
 * and without each value that a list is ordered by, alone and several times in one turn. Removals come last, and what was asked for is
 * put back.
 */
export async function callEverything(storage: DynamicContract, { entities }: ContractFacts): Promise<void> {
  for (const entity of entities) {
    const asked = documentOf(entity, ASKED);
    for (const read of entity.reads) await callRead(storage, read, asked);
  }
  for (const entity of entities) {
    const asked = documentOf(entity, ASKED);
    for (const { method, params } of entity.removals) {
      await storage[method]!(...params.map(({ name }) => asked[name]));
    }
    await storage[entity.store]!(asked);
  }
}

async function callRead(storage: DynamicContract, read: ReadFacts, asked: Document): Promise<void> {
  const call = storage[read.method]!;
  const given = read.params.map(({ field }) => asked[field.name]);
  if (read.kind === "get") {
    const ways = read.params.some(({ optional }) => optional) ? [given, given.slice(0, -1)] : [given];
    for (const args of ways) await aloneAndTogether(() => call(...args));
    return;
  }
  const hasOptions = read.narrowing.length > 0 || read.limited || read.kind === "page";
  if (!hasOptions) {
    await aloneAndTogether(() => call(...given));
    return;
  }
  for (const options of optionsOf(read, asked)) {
    if (read.kind === "page") await walk((after) => call(...given, { ...options, limit: PAGE, after }));
    else await call(...given, options);
    if (read.limited) await call(...given, { ...options, limit: 10 });
  }
}

/** What is called several times in one turn may be asked for with another statement, and is to be answered alike. */
async function aloneAndTogether(call: () => unknown): Promise<void> {
  const alone = await call();
  expect(await Promise.all([call(), call()])).toEqual([alone, alone]);
}

/** Reads a list to its end. */
async function walk(page: (after: string | undefined) => unknown): Promise<void> {
  let after: string | undefined;
  do {
    ({ next: after } = (await page(after)) as { next: string | undefined });
  } while (after !== undefined);
}

/** Each set of what narrows a read. */
function optionsOf({ narrowing }: ReadFacts, asked: Document): readonly object[] {
  return narrowing.reduce<readonly object[]>(
    (sets, { name, field, use }) =>
      sets.flatMap((set) => [
        set,
        { ...set, [name]: use === "filter" ? asked[field.name] : bound(asked[field.name], use) },
      ]),
    [{}],
  );
}

/** A bound near the value, which lies within it. */
function bound(value: unknown, use: "from" | "to"): unknown {
  const distance = use === "from" ? -2 : 2;
  return typeof value === "number" ? value + distance : `${String(value)}${use === "to" ? "~" : ""}`;
}

/** Numbers that differ from field to field, so that no two fields go together. */
const SPREADS = [40, 37, 41, 43, 31, 29, 47];

function documentOf(entity: EntityFacts, n: number): Document {
  const sample = entity.sample() as Document;
  const fields = new Map([...entity.key, ...entity.indexed].map((field) => [field.name, field]));
  const single = singleFields(entity);
  const values = [...fields.values()].flatMap((field, index): [string, unknown][] => {
    const isAbsent = !(field.name in sample) && n % 5 === index % 5 && n !== ASKED;
    if (isAbsent) return [];
    const number = single.has(field.name) ? n : n % SPREADS[index % SPREADS.length]!;
    return [[field.name, valueOf(field, number)]];
  });
  return { ...sample, ...Object.fromEntries(values) };
}

/** A field of the key, and one of whatever else must be unique, that no two documents share. */
function singleFields({ key, unique }: EntityFacts): ReadonlySet<string> {
  return new Set(
    [key, ...unique].map(
      (group) =>
        group.findLast(
          ({ kind, name }) =>
            kind !== "boolean" && (group === key || !key.some((field) => field.name === name)),
        )!.name,
    ),
  );
}

function valueOf({ kind }: FieldFacts, number: number): string | number | boolean {
  if (kind === "boolean") return number % 2 === 0;
  return kind === "number" ? number : `v${String(number).padStart(4, "0")}`;
}
