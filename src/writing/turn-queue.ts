import type { StorageError } from "../errors.js";
import { endOfTurn } from "./end-of-turn.js";

/** What became of each write of a batch, in order: undefined when it is committed, otherwise why not. */
export type Outcomes = readonly (StorageError | undefined)[];

/** More writes than this are committed in several batches, so that no transaction grows without bound. */
const MAX_BATCH = 10_000;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: StorageError) => void;
}

/**
 * Gathers the writes that are called in one turn of the event loop and commits them together: one transaction, one fsync, and
 * each promise settled by its own outcome (rules S8, S9 and S12). For databases that answer at once; see `CallQueue` for those
 * that answer later.
 */
export class TurnQueue<Write> {
  readonly #commit: (writes: readonly Write[]) => Outcomes;
  #writes: Write[] = [];
  #waiters: Waiter[] = [];
  #scheduled = false;

  /**
   * `commit` applies writes in order and says what became of each. What it throws is the outcome of every write of the batch;
   * it must be a `StorageError`.
   */
  constructor(commit: (writes: readonly Write[]) => Outcomes) {
    this.#commit = commit;
  }

  /** Adds a write to this turn's batch. Settles when it is committed, or has failed. */
  push(write: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#writes.push(write);
      this.#waiters.push({ resolve, reject });
      if (this.#writes.length >= MAX_BATCH) this.flush();
      else this.#schedule();
    });
  }

  /** Commits what is waiting, now. Never throws: whatever happens is the outcome of the writes. */
  flush(): void {
    if (this.#writes.length === 0) return;
    const writes = this.#writes;
    const waiters = this.#waiters;
    this.#writes = [];
    this.#waiters = [];
    let outcomes: Outcomes;
    try {
      outcomes = this.#commit(writes);
    } catch (error) {
      for (const { reject } of waiters) reject(error as StorageError);
      return;
    }
    for (const [index, { resolve, reject }] of waiters.entries()) {
      const error = outcomes[index];
      if (error === undefined) resolve();
      else reject(error);
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    endOfTurn(() => {
      this.#scheduled = false;
      this.flush();
    });
  }
}
