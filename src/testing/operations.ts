import * as fc from "fast-check";

import { StorageError, type StorageErrorCode, type StorageErrorOutcome } from "../errors.js";
import { Echoes } from "./echoes.js";
import type { ContractFacts } from "./facts.js";
import type { DynamicContract } from "./initializer.js";
import { PageReader } from "./page-reader.js";

/** One call of a contract method. */
export interface AnyOperation {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether everything called so far is awaited before the next call (rule S8). */
  readonly awaited: boolean;
  /**
   * Of a list that is read page by page: all pages, with nothing called meanwhile; or only the first; or the page after the last
   * one that such a call has read, whatever was called meanwhile, and the first where there is none.
   */
  readonly pages?: "all" | "first" | "next";
}

/** What a call answered, or how it was refused. */
export interface Answer {
  readonly method: string;
  readonly value?: unknown;
  readonly error?: { readonly code: StorageErrorCode; readonly outcome: StorageErrorOutcome };
}

/**
 * Calls of one method, two thirds of which are awaited before the next call. An argument drawn as `undefined` at the end is as
 * often left out.
 */
export function operationOf(
  method: string,
  ...args: readonly fc.Arbitrary<unknown>[]
): fc.Arbitrary<AnyOperation> {
  return fc
    .tuple(fc.tuple(...args), fc.boolean(), fc.integer({ min: 0, max: 2 }))
    .map(([list, leftOut, wait]) => ({
      method,
      args: leftOut && list.at(-1) === undefined ? list.slice(0, -1) : list,
      awaited: wait < 2,
    }));
}

/** Calls of a list that is read page by page, whose last argument are its options: for one page, or for all of them. */
export function walkOf(
  method: string,
  ...args: readonly fc.Arbitrary<unknown>[]
): fc.Arbitrary<AnyOperation> {
  const pages = fc.constantFrom("first" as const, "next" as const, "all" as const);
  return fc.tuple(operationOf(method, ...args), pages).map(([operation, which]) => {
    const { [args.length - 1]: options = {} } = operation.args;
    return { ...operation, args: [...operation.args.slice(0, args.length - 1), options], pages: which };
  });
}

/** Calls of one entity's methods: enough that store, and that there is something to find. */
export function operationsOf(
  store: fc.Arbitrary<AnyOperation>,
  ...others: readonly fc.WeightedArbitrary<AnyOperation>[]
): fc.Arbitrary<AnyOperation> {
  if (others.length === 0) return store;
  return fc.oneof({ weight: 2, arbitrary: store }, { weight: 3, arbitrary: fc.oneof(...others) });
}

/**
 * Sequences of calls, of all entities or of one: long enough, and enough of them about the same documents, that reads hit,
 * overwrites happen and ties occur.
 *
 * @param entities calls of each entity's methods
 */
export function sequencesOf(
  entities: readonly fc.Arbitrary<AnyOperation>[],
  facts: ContractFacts,
): fc.Arbitrary<AnyOperation[]> {
  const all = fc.oneof(...entities);
  return fc.oneof(
    { weight: entities.length, arbitrary: sequenceOf(all, facts) },
    ...entities.map((one) => ({ weight: 1, arbitrary: sequenceOf(one, facts) })),
  );
}

/** Sequences of these calls, and of those that are of no entity. */
function sequenceOf(
  operation: fc.Arbitrary<AnyOperation>,
  facts: ContractFacts,
): fc.Arbitrary<AnyOperation[]> {
  const drawn = fc.record({
    operation: fc.oneof(
      { weight: 80, arbitrary: operation },
      { weight: 4, arbitrary: operationOf("getStats") },
      { weight: 1, arbitrary: operationOf("clear") },
    ),
    back: fc.constantFrom(0, 0, 0, 1, 2, 3),
    whole: fc.boolean(),
  });
  return fc.array(drawn, { minLength: 1, maxLength: 60, size: "max" }).map((list) => {
    const echoes = new Echoes(facts);
    return list.map((item) => echoes.of(item.operation, item.back, item.whole));
  });
}

/**
 * Calls each operation in turn and records what it answers. Calls that are not awaited run on into the next one, whose
 * answer must be as if they had been (rule S8).
 *
 * @param options.settleFirst a method that only sees what has been answered: the stats of a shared server, which count this
 * storage's own writes once they are committed (rule S10)
 * @throws whatever a call throws or rejects with that is no `StorageError` (rule S13).
 */
export async function recordAnswers(
  storage: DynamicContract,
  operations: readonly AnyOperation[],
  options: { readonly settleFirst?: string } = {},
): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  const reader = new PageReader(storage);
  for (const { method, args, awaited, pages } of operations) {
    const settles = method === options.settleFirst || pages === "next";
    // oxlint-disable-next-line no-await-in-loop -- the order of calls is what is tested
    if (settles) await Promise.allSettled(answers);
    if (method === "clear") reader.forget();
    answers.push(
      answerOf(method, async () =>
        pages === undefined ? storage[method]?.(...args) : reader.read(pages, method, args),
      ),
    );
    // oxlint-disable-next-line no-await-in-loop -- the order of calls is what is tested
    if (awaited || pages === "all") await Promise.allSettled(answers);
  }
  return Promise.all(answers);
}

async function answerOf(method: string, run: () => Promise<unknown>): Promise<Answer> {
  try {
    return { method, value: await run() };
  } catch (error) {
    if (!StorageError.is(error)) throw error;
    return { method, error: { code: error.code, outcome: error.outcome } };
  }
}
