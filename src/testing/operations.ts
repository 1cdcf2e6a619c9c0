import * as fc from "fast-check";

import { StorageError, type StorageErrorCode, type StorageErrorOutcome } from "../errors.js";
import type { DynamicContract } from "./initializer.js";

/** One call of a contract method. */
export interface AnyOperation {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether everything called so far is awaited before the next call (rule S8). */
  readonly awaited: boolean;
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

/** Sequences of calls: long enough that reads hit, overwrites happen and ties occur. */
export function sequencesOf(operation: fc.Arbitrary<AnyOperation>): fc.Arbitrary<AnyOperation[]> {
  return fc.array(operation, { minLength: 1, maxLength: 60, size: "max" });
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
  for (const { method, args, awaited } of operations) {
    // oxlint-disable-next-line no-await-in-loop -- the order of calls is what is tested
    if (method === options.settleFirst) await Promise.allSettled(answers);
    answers.push(answerOf(storage, method, args));
    // oxlint-disable-next-line no-await-in-loop -- the order of calls is what is tested
    if (awaited) await Promise.allSettled(answers);
  }
  return Promise.all(answers);
}

async function answerOf(storage: DynamicContract, method: string, args: readonly unknown[]): Promise<Answer> {
  try {
    return { method, value: await storage[method]?.(...args) };
  } catch (error) {
    if (!StorageError.is(error)) throw error;
    return { method, error: { code: error.code, outcome: error.outcome } };
  }
}
