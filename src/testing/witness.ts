/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { StorageError } from "../errors.js";
import { refused, type Subject } from "./case.js";
import { argumentsFor, type Document, removalArguments, statsOf } from "./documents.js";
import { ExpectedEntity } from "./expected.js";
import type { EntityFacts, ReadFacts, RemovalFacts } from "./facts.js";
import { assertSame } from "./same.js";

/** One call that writes. */
type Step = { readonly store: Document } | { readonly remove: RemovalFacts; readonly of: Document } | "clear";

/** Writes and looks, keeping count of what should be there. */
export class Witness {
  readonly #subject: Subject;
  readonly #entity: EntityFacts;
  #expected: ExpectedEntity;

  constructor(subject: Subject, entity: EntityFacts) {
    this.#subject = subject;
    this.#entity = entity;
    this.#expected = new ExpectedEntity(entity);
  }

  /** What is stored, by the position of first storing. */
  get documents(): readonly Document[] {
    return this.#expected.documents;
  }

  /** Stores it, unless another one has what no two may share: then it must be refused. */
  async store(document: Document): Promise<void> {
    const store = () => this.#subject.store(this.#entity, document);
    if (this.#expected.store(document)) await store();
    else await refused("CONFLICT", store, "what no two may share");
  }

  async storeAll(documents: readonly Document[]): Promise<void> {
    for (const document of documents) await this.store(document);
  }

  /** Removes what the arguments for `document` find, and counts along. */
  async remove(removal: RemovalFacts, document: Document): Promise<void> {
    await this.turn([{ remove: removal, of: document }]);
  }

  async clear(): Promise<void> {
    await this.turn(["clear"]);
  }

  /** Calls that are made in one turn, without waiting: each must end as if it had been awaited before the next (rule S8). */
  async turn(steps: readonly Step[]): Promise<void> {
    const expected = steps.map((step) => this.#expect(step));
    const settled = await Promise.allSettled(steps.map((step) => this.#start(step)));
    for (const [n, outcome] of settled.entries()) {
      assertSame(outcomeOf(outcome), expected[n], `call ${n} of ${steps.length} in one turn`);
    }
  }

  #start(step: Step): Promise<unknown> {
    if (step === "clear") return this.#subject.clear();
    if ("store" in step) return this.#subject.store(this.#entity, step.store);
    return this.#subject.remove(step.remove, removalArguments(step.remove, step.of));
  }

  #expect(step: Step): unknown {
    if (step === "clear") {
      this.#expected = new ExpectedEntity(this.#entity);
      return undefined;
    }
    if ("remove" in step) return this.#expected.remove(step.remove.params, step.of);
    return this.#expected.store(step.store) ? undefined : CONFLICT;
  }

  expected(read: ReadFacts, document: Document, last = false, options: Document = {}): unknown {
    return this.#expected.answer(read, document, last, options);
  }

  /** What is read by the arguments that find `document` must be what is expected, order included. */
  async check(read: ReadFacts, document: Document, what: string, options?: Document): Promise<void> {
    for (const last of hasLast(read) ? [true, false] : [true]) {
      const args = argumentsFor(read, document, last);
      if (options !== undefined) args.push(options);
      const expected = this.expected(read, document, last, options);
      assertSame(await this.#subject.read(read, args), expected, `${read.method} ${what}`);
    }
  }

  /** Every read by the arguments that find each of these documents, and the count. */
  async checkAll(documents: readonly Document[], what: string): Promise<void> {
    for (const read of this.#entity.reads) {
      for (const document of documents) {
        // What is absent cannot be asked for.
        if (read.params.some(({ field }) => document[field.name] === undefined)) continue;
        await this.check(read, document, what);
      }
    }
    const counts = { [this.#entity.name]: this.documents.length };
    assertSame(await this.#subject.module.refreshStats(), statsOf(this.#subject.facts, counts), what);
  }
}

const CONFLICT = ["CONFLICT", "not-written"];

/** What a call answered, or the code and outcome of what it was refused with. */
function outcomeOf(settled: PromiseSettledResult<unknown>): unknown {
  if (settled.status === "fulfilled") return settled.value;
  if (!StorageError.is(settled.reason)) throw settled.reason;
  return [settled.reason.code, settled.reason.outcome];
}

function hasLast(read: ReadFacts): boolean {
  return read.params.some((param) => param.optional);
}
