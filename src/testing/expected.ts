import type { EntityFacts, FieldFacts, OrderFacts, ReadFacts } from "./facts.js";
import type { Document } from "./documents.js";

/**
 * What a storage of one entity should answer, worked out the long way: one list by the position of first storing, searched and
 * sorted at each read. Shares no code with any backend.
 */
export class ExpectedEntity {
  readonly #entity: EntityFacts;
  readonly #documents: Document[] = [];

  constructor(entity: EntityFacts) {
    this.#entity = entity;
  }

  store(document: Document): void {
    const at = this.#documents.findIndex((other) => matches(other, document, this.#entity.key));
    if (at < 0) this.#documents.push(document);
    else this.#documents[at] = document;
  }

  /** The answer of `read` for the arguments that find `document`; of `last`, when its optional argument is left out. */
  answer(read: ReadFacts, document: Document, last = false): unknown {
    const fields = read.params.filter((param) => !(last && param.optional)).map((param) => param.field);
    // Sorting is stable, so that equals stay in the order of position.
    const found = this.#documents
      .filter((other) => matches(other, document, fields))
      .toSorted((a, b) => compareByRule(a, b, this.#entity.order));
    if (read.kind === "list") return found;
    const greatest = found.at(-1);
    if (greatest === undefined) return read.miss;
    return found.find((other) => compareByRule(other, greatest, this.#entity.order) === 0);
  }
}

function matches(a: Document, b: Document, fields: readonly FieldFacts[]): boolean {
  return fields.every((field) => a[field.name] === b[field.name]);
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
  if (value === undefined || Number.isNaN(value)) return [];
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
