import { StorageError, type StorageErrorCode } from "@gati-framework/storage-kit";
import { expect } from "vitest";

/** Waits for a call to be refused, and returns the error: always a `StorageError` (rule S13). */
export async function refusal(call: () => unknown): Promise<StorageError> {
  let result: unknown;
  try {
    result = await call();
  } catch (error) {
    if (StorageError.is(error)) return error;
    throw new Error(`not a StorageError: ${String(error)}`, { cause: error });
  }
  throw new Error(`not refused, but answered ${JSON.stringify(result)}`);
}

export async function expectRefusal(call: () => unknown, code: StorageErrorCode): Promise<StorageError> {
  const error = await refusal(call);
  expect(error.code, error.message).toBe(code);
  return error;
}

/**
 * Runs a call that something keeps waiting, and returns how it settles. That it does is for its own deadline to see to: nothing
 * else ends it before the test's.
 */
export async function settles<T>(call: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([call()]);
  return result;
}

/** Calls until it is answered: a deadline that is short for a test may be too short for a machine that is busy. */
export async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one call after the other
      return await call();
    } catch (error) {
      if (!StorageError.is(error) || error.code !== "TIMEOUT") throw error;
    }
  }
}
