import { StorageError } from "../errors.js";

/** What became of each write of a batch, in order: undefined when it is committed, otherwise why not. */
export type Outcomes = readonly (StorageError | undefined)[];

/** More writes than this are committed in several batches, so that no transaction grows without bound. */
const MAX_BATCH = 10_000;

/** More writes than this do not wait while the database does not keep up; `BUSY` tells the caller to slow down. */
const MAX_WAITING = 100_000;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: StorageError) => void;
}

/**
 * Gathers the writes that are called in one turn of the event loop and commits them together: one transaction, one fsync,
 * and each promise settled by its own outcome (rules S8, S9 and S12). While a batch is being committed by a backend that
 * answers later, the next one gathers, so batches never overlap and order is kept.
 */
export class TurnQueue<Write> {
  readonly #commit: (writes: readonly Write[]) => Outcomes | Promise<Outcomes>;
  readonly #backend: string;
  #writes: Write[] = [];
  #waiters: Waiter[] = [];
  /** How many writes were ever added, and how many of them have been handed to `commit` and settled. */
  #added = 0;
  #settled = 0;
  #committing: Promise<void> | undefined;
  #scheduled = false;

  /**
   * `commit` applies writes in order and says what became of each, at once or later. If it throws or rejects, that is the
   * outcome of every write of the batch; it must be a `StorageError`.
   */
  constructor(backend: string, commit: (writes: readonly Write[]) => Outcomes | Promise<Outcomes>) {
    this.#backend = backend;
    this.#commit = commit;
  }

  /** Adds a write to this turn's batch. Settles when it is committed, or has failed. */
  push(write: Write): Promise<void> {
    if (this.#writes.length >= MAX_WAITING) return Promise.reject(this.#overflow());
    return new Promise((resolve, reject) => {
      this.#added++;
      this.#writes.push(write);
      this.#waiters.push({ resolve, reject });
      if (this.#committing !== undefined) return;
      if (this.#writes.length >= MAX_BATCH) void this.flush();
      else this.#schedule();
    });
  }

  /**
   * Commits what is waiting, now; writes that are added meanwhile do not prolong it. Resolved at once by a backend that
   * answers at once; never rejects.
   */
  flush(): void | Promise<void> {
    return this.#flushUntil(this.#added);
  }

  /** Commits batch after batch, until the first `count` writes of all are settled. */
  #flushUntil(count: number): void | Promise<void> {
    if (this.#settled >= count) return undefined;
    if (this.#committing !== undefined) return this.#committing.then(() => this.#flushUntil(count));
    const writes = this.#writes.splice(0, MAX_BATCH);
    const waiters = this.#waiters.splice(0, MAX_BATCH);
    let outcomes: Outcomes | Promise<Outcomes>;
    try {
      outcomes = this.#commit(writes);
    } catch (error) {
      this.#settled += waiters.length;
      rejectAll(waiters, error);
      return this.#flushUntil(count);
    }
    if (!(outcomes instanceof Promise)) {
      this.#settled += waiters.length;
      settle(waiters, outcomes);
      return this.#flushUntil(count);
    }
    this.#committing = outcomes.then(
      (settled) => this.#committed(waiters.length, () => settle(waiters, settled)),
      (error: unknown) => this.#committed(waiters.length, () => rejectAll(waiters, error)),
    );
    return this.#committing.then(() => this.#flushUntil(count));
  }

  #committed(count: number, settleWaiters: () => void): void {
    this.#committing = undefined;
    this.#settled += count;
    settleWaiters();
    if (this.#writes.length > 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    endOfTurn(() => {
      this.#scheduled = false;
      void this.flush();
    });
  }

  #overflow(): StorageError {
    return new StorageError(`${this.#backend}: ${MAX_WAITING} writes are waiting already`, {
      code: "BUSY",
      backend: this.#backend,
      hint: "Await earlier writes before calling more.",
    });
  }
}

function settle(waiters: readonly Waiter[], outcomes: Outcomes): void {
  for (const [index, waiter] of waiters.entries()) {
    const error = outcomes[index];
    if (error === undefined) waiter.resolve();
    else waiter.reject(error);
  }
}

function rejectAll(waiters: readonly Waiter[], error: unknown): void {
  for (const waiter of waiters) waiter.reject(error as StorageError);
}

/** After everything that runs in this turn of the event loop: its promises included. Browsers have no `setImmediate`. */
const endOfTurn: (task: () => void) => void =
  typeof setImmediate === "function" ? setImmediate : (task) => setTimeout(task, 0);
