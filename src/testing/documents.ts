import type { ContractFacts, EntityFacts, FieldFacts, ReadFacts, RemovalFacts } from "./facts.js";

/** A document whose fields are reached by name. */
export type Document = Record<string, unknown>;

/** A read of everything there is, for documents of any keys. */
export const EVERYTHING: ReadFacts = {
  method: "",
  kind: "list",
  params: [],
  miss: undefined,
  narrowing: [],
  limited: false,
  descending: false,
};

/**
 * The least document of the entity, its key the `n`th of many, with `fields` in place of its own. Of what no two documents
 * share, it has the `n`th too.
 */
export function documentOf(entity: EntityFacts, n: number, fields: Document = {}): Document {
  const own = entity.unique.flatMap((group) => group.find((field) => isOwn(entity, field)) ?? []);
  return {
    ...entity.sample(),
    ...sharedValues(entity.indexed),
    ...distinctValues(entity.key, n),
    ...distinctValues(own, n),
    ...fields,
  };
}

/** As {@link documentOf}, but of one key for every `n`, as far as `fields` say nothing else of it. */
export function documentOfOneKey(entity: EntityFacts, n: number, fields: Document): Document {
  return documentOf(entity, n, { ...distinctValues(entity.key, 1), ...fields });
}

/** Up to `count` documents of different keys that `read` finds by the same arguments. */
export function groupOf(entity: EntityFacts, read: ReadFacts, count: number): Document[] {
  const looked = read.params.filter((param) => !param.optional).map((param) => param.field);
  const isFree = (field: FieldFacts): boolean => !looked.some((other) => other.name === field.name);
  const free = entity.key.filter(isFree);
  const own: FieldFacts[] = [];
  let capacity = capacityOf(free);
  for (const group of entity.unique) {
    if (group.some((field) => field.kind !== "boolean" && isKey(entity, field) && isFree(field))) continue;
    const discriminator = group.find((field) => isFree(field) && isOwn(entity, field));
    if (discriminator === undefined) capacity = 1;
    else own.push(discriminator);
  }
  return Array.from({ length: Math.min(count, capacity) }, (_, n) => ({
    ...entity.sample(),
    ...sharedValues(entity.indexed),
    ...sharedValues(looked),
    ...distinctValues([...free, ...own], n),
  }));
}

/** Whether a field can tell documents apart that have their keys in common. */
function isOwn(entity: EntityFacts, field: FieldFacts): boolean {
  return field.kind !== "boolean" && !isKey(entity, field);
}

export function isKey(entity: EntityFacts, field: FieldFacts): boolean {
  return entity.key.some((part) => part.name === field.name);
}

/** `undefined` takes the field away. */
export function withField(document: Document, field: FieldFacts, value: unknown): Document {
  const { [field.name]: _, ...rest } = document;
  return value === undefined ? rest : { ...document, [field.name]: value };
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

/** Arguments by which a removal finds `document`. */
export function removalArguments(removal: RemovalFacts, document: Document): unknown[] {
  return removal.params.map((field) => document[field.name]);
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
