import type { StorageError } from "../errors.js";
import { afterPromises, endOfTurn } from "./end-of-turn.js";

/** What became of each write of a batch, in order: undefined when it is committed, otherwise why not. */
export type Outcomes = readonly (StorageError | undefined)[];

/** More writes than this are committed in several batches, so that no transaction grows without bound. */
const MAX_BATCH = 10_000;

/** So many commits may follow each other before the event loop gets its turn, and with it timers and sockets theirs. */
const MOST_IN_A_ROW = 32;

export interface TurnQueueOptions {
  /**
   * Whether a commit takes no longer than a pass of the event loop, such as one that does not wait for the disk. Then what the
   * promises of this turn write is committed without waiting for what its sockets bring.
   */
  readonly quick?: boolean;
}

/** The writes of one turn, and what becomes of them. */
interface Batch<Write> {
  readonly writes: Write[];
  /** One promise for all: it takes a fraction of the time that one for each takes. */
  readonly done: Promise<Outcomes>;
  readonly settle: (outcomes: Outcomes) => void;
}

/**
 * Gathers the writes that are called in one turn of the event loop and commits them together: one transaction, one fsync, and
 * each promise settled by its own outcome (rules S8, S9 and S12). For databases that answer at once; see `CallQueue` for those
 * that answer later.
 */
export class TurnQueue<Write> {
  readonly #commit: (writes: readonly Write[]) => Outcomes;
  readonly #quick: boolean;
  #batch: Batch<Write> | undefined;
  #scheduled = false;
  #inARow = 0;

  /**
   * `commit` applies writes in order and says what became of each. What it throws is the outcome of every write of the batch;
   * it must be a `StorageError`.
   */
  constructor(commit: (writes: readonly Write[]) => Outcomes, { quick = false }: TurnQueueOptions = {}) {
    this.#commit = commit;
    this.#quick = quick;
  }

  /** Adds a write to this turn's batch. Settles when it is committed, or has failed. */
  push(write: Write): Promise<void> {
    const { writes, done } = (this.#batch ??= newBatch());
    const index = writes.push(write) - 1;
    if (writes.length >= MAX_BATCH) this.flush();
    else if (!this.#scheduled) this.#schedule();
    return done.then((outcomes) => {
      const error = outcomes[index];
      if (error !== undefined) throw error;
      return undefined;
    });
  }

  /** Commits what is waiting, now. Never throws: whatever happens is the outcome of the writes. */
  flush(): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    let outcomes: Outcomes;
    try {
      outcomes = this.#commit(batch.writes);
    } catch (error) {
      outcomes = batch.writes.map(() => error as StorageError);
    }
    batch.settle(outcomes);
  }

  #schedule(): void {
    this.#scheduled = true;
    const isSoon = this.#quick && ++this.#inARow < MOST_IN_A_ROW;
    if (!isSoon) this.#inARow = 0;
    (isSoon ? afterPromises : endOfTurn)(this.#commitScheduled);
  }

  readonly #commitScheduled = (): void => {
    this.#scheduled = false;
    this.flush();
  };
}

function newBatch<Write>(): Batch<Write> {
  let settle!: (outcomes: Outcomes) => void;
  const done = new Promise<Outcomes>((resolve) => {
    settle = resolve;
  });
  return { writes: [], done, settle };
}
