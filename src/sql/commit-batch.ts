import { StorageError } from "../errors.js";
import type { Outcomes } from "../writing/turn-queue.js";
import { countInserted, planBatch, type SqlWrite, type TableWriter } from "./batch.js";
import type { SqlExecutor } from "./executor.js";

/** What a batch has changed: new rows of a table, or, without a table, everything gone. */
export interface BatchChange {
  readonly table: TableWriter | null;
  readonly inserted: number;
}

export interface CommittedBatch {
  readonly outcomes: Outcomes;
  readonly changes: readonly BatchChange[];
}

/**
 * Commits a batch as one transaction of few statements. Where the database refuses the batch, and it is known that nothing of it
 * was written, each write is tried alone and answers for itself (rule S9).
 */
export async function commitBatch(
  executor: SqlExecutor,
  writes: readonly SqlWrite[],
): Promise<CommittedBatch> {
  try {
    return { outcomes: writes.map(() => undefined), changes: await commitWhole(executor, writes) };
  } catch (error) {
    if (writes.length === 1 || !isRefusal(error)) throw error;
  }
  const outcomes: (StorageError | undefined)[] = [];
  const changes: BatchChange[] = [];
  let unreachable: StorageError | undefined;
  for (const write of writes) {
    if (unreachable !== undefined) {
      outcomes.push(notSent(unreachable));
      continue;
    }
    try {
      // oxlint-disable-next-line no-await-in-loop -- writes take effect in order (rule S8)
      changes.push(...(await commitWhole(executor, [write])));
      outcomes.push(undefined);
    } catch (error) {
      if (!StorageError.is(error)) throw error;
      outcomes.push(error);
      // The others would only find out, one after the other, that nobody answers.
      if (!isRefusal(error)) unreachable = error;
    }
  }
  return { outcomes, changes };
}

async function commitWhole(executor: SqlExecutor, writes: readonly SqlWrite[]): Promise<BatchChange[]> {
  const planned = planBatch(writes);
  const results = await executor.write(planned.map(({ bound }) => bound));
  return planned.map(({ table }, index) => ({ table, inserted: countInserted(results[index] ?? []) }));
}

/** The outcome of a write that was not tried, since the one before it met `error`. */
function notSent({ message, code, retryable, backend, hint, cause }: StorageError): StorageError {
  return new StorageError(message, {
    code,
    retryable,
    cause,
    ...(backend === undefined ? {} : { backend }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Whether a write of the batch was refused for what it is, rather than the database being out of reach. */
function isRefusal(error: unknown): boolean {
  return (
    StorageError.is(error) && error.outcome === "not-written" && !error.retryable && error.code !== "CLOSED"
  );
}
