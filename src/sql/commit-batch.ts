import { StorageError } from "../errors.js";
import { conflict } from "../keys/conflict.js";
import type { Outcomes } from "../writing/turn-queue.js";
import { countInserted, planBatch, type SqlWrite, type TableWriter } from "./batch.js";
import type { SqlExecutor } from "./executor.js";

/** What a batch has changed: the number of rows of a table, or, without a table, everything gone. */
export interface BatchChange {
  readonly table: TableWriter | null;
  /** How many rows there are more than before; negative where there are fewer. */
  readonly added: number;
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
    const [only] = writes;
    if (writes.length === 1 && only !== undefined) throw refusalOf(only, error);
    if (!isRefusal(error)) throw error;
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
      outcomes.push(refusalOf(write, error));
      // The others would only find out, one after the other, that nobody answers.
      if (!isRefusal(error)) unreachable = error;
    }
  }
  return { outcomes, changes };
}

async function commitWhole(executor: SqlExecutor, writes: readonly SqlWrite[]): Promise<BatchChange[]> {
  const planned = planBatch(writes);
  const results = await executor.write(planned.map(({ bound }) => bound));
  return planned.map(({ table, removal }, index) => {
    const { rows, changed } = results[index] ?? { rows: [], changed: 0 };
    if (removal === undefined) return { table, added: countInserted(rows) };
    removal.removed = changed;
    return { table, added: -changed };
  });
}

/** What a write answers with that met `error`: databases do not say what it is that two rows would share. */
function refusalOf<E>(write: SqlWrite, error: E): E | StorageError {
  const table = "table" in write ? write.table : undefined;
  if (table?.unique === undefined || !StorageError.is(error) || error.code !== "CONFLICT") return error;
  return conflict(table.entity, table.unique);
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
