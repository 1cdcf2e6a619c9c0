import type { EntityFacts, FieldFacts, NarrowingFacts, OrderFacts, ReadFacts } from "./facts.js";
import type { Document } from "./documents.js";

/**
 * What a storage of one entity should answer, worked out the long way: one list by the position of first storing, searched and
 * sorted at each read. Shares no code with any backend.
 */
export class ExpectedEntity {
  readonly #entity: EntityFacts;
  #documents: Document[] = [];

  constructor(entity: EntityFacts) {
    this.#entity = entity;
  }

  /** Every document, by the position of first storing. */
  get documents(): readonly Document[] {
    return this.#documents;
  }

  /** Whether the document is stored; otherwise another one has what no two may share, and nothing has changed. */
  store(document: Document): boolean {
    const at = this.#documents.findIndex((other) => matches(other, document, this.#entity.key));
    const others = this.#documents.filter((_, index) => index !== at);
    const isTaken = this.#entity.unique.some(
      (fields) =>
        fields.every((field) => isPresent(document[field.name])) &&
        others.some((other) => matches(other, document, fields)),
    );
    if (isTaken) return false;
    if (at < 0) this.#documents.push(document);
    else this.#documents[at] = document;
    return true;
  }

  /** Removes what has these fields in common with `document`, and says how many it were. */
  remove(fields: readonly FieldFacts[], document: Document): number {
    const before = this.#documents.length;
    this.#documents = this.#documents.filter((other) => !matches(other, document, fields));
    return before - this.#documents.length;
  }

  /**
   * The answer of `read` for the arguments that find `document`; of `last`, when its optional argument is left out. `options` are
   * the members that callers narrow by, but for `after`: of a page it is the first.
   */
  answer(read: ReadFacts, document: Document, last = false, options: Document = {}): unknown {
    const fields = read.params.filter((param) => !(last && param.optional)).map((param) => param.field);
    // Sorting is stable, so that equals stay in the order of position.
    const sorted = this.#documents
      .filter((other) => matches(other, document, fields))
      .filter((other) => read.narrowing.every((by) => isWithin(other[by.field.name], by, options[by.name])))
      .toSorted((a, b) => compareByRule(a, b, this.#entity.order));
    if (read.kind !== "get") {
      const limit = options["limit"] as number | undefined;
      return answerWith(read, (read.descending ? sorted.toReversed() : sorted).slice(0, limit));
    }
    const greatest = sorted.at(-1);
    const found = sorted.filter(
      (other) => greatest !== undefined && compareByRule(other, greatest, this.#entity.order) === 0,
    );
    return answerWith(read, found);
  }
}

/** What `read` answers when it finds these documents; of a page it is the only one. */
export function answerWith(read: ReadFacts, found: readonly Document[]): unknown {
  switch (read.kind) {
    case "get":
      return found[0] ?? read.miss;
    case "list":
      return [...found];
    case "page":
      return { items: [...found], next: undefined };
    case "count":
      return found.length;
  }
}

/** Whether two documents agree in these fields. Absent values agree too, so that nothing is said of unique ones here. */
function matches(a: Document, b: Document, fields: readonly FieldFacts[]): boolean {
  return fields.every((field) => a[field.name] === b[field.name]);
}

/** Whether a value is let through. One that is absent equals nothing, and is in no range. */
function isWithin(value: unknown, { use }: NarrowingFacts, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (use === "filter") return value === wanted;
  if (!isPresent(value)) return false;
  const order = compareValues(rank(value), rank(wanted));
  return use === "from" ? order >= 0 : order < 0;
}

/** `NaN` has no place among the numbers, and counts as none. */
function isPresent(value: unknown): boolean {
  return value !== undefined && !Number.isNaN(value);
}

function compareByRule(a: Document, b: Document, order: readonly OrderFacts[]): number {
  for (const { field, descending } of order) {
    const result = compareValues(rank(a[field.name]), rank(b[field.name]));
    if (result !== 0) return descending ? -result : result;
  }
  return 0;
}

/** A list of numbers that compares as the value does: absent first, strings by code point. */
function rank(value: unknown): number[] {
  if (!isPresent(value)) return [];
  if (typeof value === "string") return [0, ...[...value].map((character) => character.codePointAt(0) ?? 0)];
  return [0, Number(value)];
}

function compareValues(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const left = a[i] ?? 0;
    const right = b[i] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
