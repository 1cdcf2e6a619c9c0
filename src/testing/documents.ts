import type { ContractFacts, EntityFacts, FieldFacts, ReadFacts } from "./facts.js";

/** A document whose fields are reached by name. */
export type Document = Record<string, unknown>;

/** The least document of the entity, its key the `n`th of many, with `fields` in place of its own. */
export function documentOf(entity: EntityFacts, n: number, fields: Document = {}): Document {
  return { ...entity.sample(), ...distinctValues(entity.key, n), ...sharedValues(entity.indexed), ...fields };
}

/** Up to `count` documents of different keys that `read` finds by the same arguments. */
export function groupOf(entity: EntityFacts, read: ReadFacts, count: number): Document[] {
  const looked = read.params.filter((param) => !param.optional).map((param) => param.field);
  const free = entity.key.filter((field) => !looked.some((other) => other.name === field.name));
  const size = Math.min(count, capacityOf(free));
  return Array.from({ length: size }, (_, n) =>
    documentOf(entity, n, { ...sharedValues(looked), ...distinctValues(free, n) }),
  );
}

/** Values of `fields` that differ for each `n`: all of them at once, but booleans, which count in twos. */
function distinctValues(fields: readonly FieldFacts[], n: number): Document {
  let bits = n;
  const values: Document = {};
  for (const { name, kind } of fields) {
    if (kind === "string") values[name] = `${name}-${n}`;
    else if (kind === "number") values[name] = n + 1;
    else {
      values[name] = bits % 2 === 1;
      bits = Math.floor(bits / 2);
    }
  }
  return values;
}

function sharedValues(fields: readonly FieldFacts[]): Document {
  const values: Document = {};
  for (const { name, kind } of fields) values[name] = sharedValue(kind);
  return values;
}

/** How many documents {@link distinctValues} can tell apart. */
function capacityOf(fields: readonly FieldFacts[]): number {
  return fields.some((field) => field.kind !== "boolean") ? Infinity : 2 ** fields.length;
}

/** Arguments by which `read` finds `document`; without the optional one where `last` is asked for. */
export function argumentsFor(read: ReadFacts, document: Document, last = false): unknown[] {
  return read.params.filter((param) => !(last && param.optional)).map((param) => document[param.field.name]);
}

/** Stats of a storage that holds nothing but so many of each entity. */
export function statsOf(
  facts: ContractFacts,
  counts: Readonly<Record<string, number>> = {},
): Record<string, number> {
  return Object.fromEntries(facts.entities.map((entity) => [entity.count, counts[entity.name] ?? 0]));
}

/** A fixed shuffle: each run inserts in the same odd order. */
export function shuffled<T>(items: readonly T[], seed = 7): T[] {
  const list = [...items];
  let state = seed;
  for (let i = list.length - 1; i > 0; i--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}

function sharedValue(kind: FieldFacts["kind"]): unknown {
  if (kind === "string") return "shared";
  return kind === "number" ? 5 : true;
}
