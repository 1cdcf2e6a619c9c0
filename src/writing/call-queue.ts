import { StorageError } from "../errors.js";
import { endOfTurn } from "./end-of-turn.js";
import type { Outcomes } from "./turn-queue.js";

/** More writes than this are committed in several batches, so that no statement grows without bound. */
const MAX_BATCH = 1_000;

/** More calls than this do not wait while the database does not keep up; `BUSY` tells the caller to slow down. */
const MAX_WAITING = 100_000;

interface WriteSegment<Write> {
  readonly kind: "writes";
  readonly writes: Write[];
  readonly waiters: { resolve(): void; reject(error: StorageError): void }[];
}

interface ReadSegment {
  readonly kind: "reads";
  readonly starts: (() => void)[];
}

/**
 * Keeps the calls of a storage that answers later in the order in which they were made (rule S8): a read sees every write
 * called before it and none called after it, awaited or not. Reads run side by side; the writes of one turn of the event loop,
 * up to a read between them, are committed together (rule S9).
 */
export class CallQueue<Write> {
  readonly #backend: string;
  readonly #commit: (writes: readonly Write[]) => Promise<Outcomes>;
  readonly #segments: (WriteSegment<Write> | ReadSegment)[] = [];
  #waiting = 0;
  #reading = 0;
  #committing = false;
  #turnEnds = false;
  #idle: (() => void)[] = [];

  /** `commit` applies writes in order and says what became of each; what it rejects with is the outcome of all of them. */
  constructor(backend: string, commit: (writes: readonly Write[]) => Promise<Outcomes>) {
    this.#backend = backend;
    this.#commit = commit;
  }

  /** Adds a write to this turn's batch. Settles when it is committed, or has failed. */
  write(write: Write): Promise<void> {
    if (this.#waiting >= MAX_WAITING) return Promise.reject(this.#overflow());
    return new Promise((resolve, reject) => {
      let last = this.#segments.at(-1);
      if (last?.kind !== "writes" || last.writes.length >= MAX_BATCH) {
        last = { kind: "writes", writes: [], waiters: [] };
        this.#segments.push(last);
      }
      last.writes.push(write);
      last.waiters.push({ resolve, reject });
      this.#waiting++;
      this.#pumpAtEndOfTurn();
    });
  }

  /** Starts `action` when every write called before is committed; at once when there is none. */
  read<T>(action: () => Promise<T>): Promise<T> {
    if (this.#segments.length === 0 && !this.#committing) return this.#runRead(action);
    if (this.#waiting >= MAX_WAITING) return Promise.reject(this.#overflow());
    return new Promise((resolve) => {
      let last = this.#segments.at(-1);
      if (last?.kind !== "reads") {
        last = { kind: "reads", starts: [] };
        this.#segments.push(last);
      }
      last.starts.push(() => resolve(this.#runRead(action)));
      this.#waiting++;
      // Somebody waits for the writes before it, so they are committed without waiting for the end of the turn.
      this.#pump(true);
    });
  }

  /** Resolves when every call made before has been answered. */
  async flush(): Promise<void> {
    this.#pump(true);
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  async #runRead<T>(action: () => Promise<T>): Promise<T> {
    this.#reading++;
    try {
      return await action();
    } finally {
      this.#reading--;
      this.#pump(true);
    }
  }

  /** Starts whatever may start now. Writes wait for earlier reads, and, unless `now`, for the end of the turn. */
  #pump(now: boolean): void {
    while (!this.#committing) {
      const head = this.#segments[0];
      if (head === undefined) break;
      if (head.kind === "reads") {
        this.#segments.shift();
        this.#waiting -= head.starts.length;
        for (const start of head.starts) start();
      } else {
        const isStillGathering = this.#segments.length === 1 && this.#turnEnds && !now;
        if (this.#reading > 0 || isStillGathering) break;
        this.#segments.shift();
        this.#waiting -= head.writes.length;
        void this.#commitSegment(head);
      }
    }
    if (this.#isIdle()) {
      for (const resolve of this.#idle) resolve();
      this.#idle = [];
    }
  }

  async #commitSegment({ writes, waiters }: WriteSegment<Write>): Promise<void> {
    this.#committing = true;
    try {
      const outcomes = await this.#commit(writes);
      for (const [index, { resolve, reject }] of waiters.entries()) {
        const error = outcomes[index];
        if (error === undefined) resolve();
        else reject(error);
      }
    } catch (error) {
      for (const { reject } of waiters) reject(error as StorageError);
    } finally {
      this.#committing = false;
      this.#pump(false);
    }
  }

  #pumpAtEndOfTurn(): void {
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    endOfTurn(() => {
      this.#turnEnds = false;
      this.#pump(false);
    });
  }

  #isIdle(): boolean {
    return this.#segments.length === 0 && !this.#committing && this.#reading === 0;
  }

  #overflow(): StorageError {
    return new StorageError(`${this.#backend}: ${MAX_WAITING} calls are waiting already`, {
      code: "BUSY",
      backend: this.#backend,
      hint: "Await earlier calls before making more.",
    });
  }
}
