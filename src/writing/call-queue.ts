import { StorageError } from "../errors.js";
import { endOfTurn } from "./end-of-turn.js";
import type { Outcomes } from "./turn-queue.js";
import { MAX_WAITING, tooManyCalls } from "./waiting.js";

/** More writes than this are committed in several batches, so that no transaction grows without bound. */
const MAX_BATCH = 1_000;

/** The same for what they weigh together: about so many characters of documents. A heavier write makes a batch of its own. */
const MAX_BATCH_WEIGHT = 8 * 1024 * 1024;

export interface CallQueueOptions<Write> {
  /** Milliseconds that a call may wait for its turn; after that it fails with `TIMEOUT`, and nothing of it has been sent. */
  readonly timeout: number;
  /** How much a write adds to a batch, in characters. */
  weigh(write: Write): number;
}

interface Waiting {
  /** When its wait is over, as of `performance.now()`. */
  readonly due: number;
  reject(error: StorageError): void;
}

interface WaitingWrite<Write> extends Waiting {
  readonly write: Write;
  resolve(): void;
}

interface WaitingRead extends Waiting {
  start(): void;
}

interface WriteSegment<Write> {
  readonly kind: "writes";
  readonly calls: WaitingWrite<Write>[];
  weight: number;
  next?: Segment<Write>;
}

interface ReadSegment<Write> {
  readonly kind: "reads";
  readonly calls: WaitingRead[];
  next?: Segment<Write>;
}

/** Calls that may be made together. A list of links, since taking the first of a long array moves all others. */
type Segment<Write> = WriteSegment<Write> | ReadSegment<Write>;

/**
 * Keeps the calls of a storage that answers later in the order in which they were made (rule S8): a read sees every write
 * called before it and none called after it, awaited or not. Reads run side by side; the writes of one turn of the event loop,
 * up to a read between them, are committed together (rule S9).
 */
export class CallQueue<Write> {
  readonly #backend: string;
  readonly #commit: (writes: readonly Write[]) => Promise<Outcomes>;
  readonly #options: CallQueueOptions<Write>;
  #first: Segment<Write> | undefined;
  #last: Segment<Write> | undefined;
  #waiting = 0;
  #reading = 0;
  #committing = false;
  #turnEnds = false;
  #expiring = false;

  /** `commit` applies writes in order and says what became of each; what it rejects with is the outcome of all of them. */
  constructor(
    backend: string,
    commit: (writes: readonly Write[]) => Promise<Outcomes>,
    options: CallQueueOptions<Write>,
  ) {
    this.#backend = backend;
    this.#commit = commit;
    this.#options = options;
  }

  /** Adds a write to this turn's batch. Settles when it is committed, or has failed. */
  write(write: Write): Promise<void> {
    if (this.#isFull()) return Promise.reject(tooManyCalls(this.#backend));
    return new Promise((resolve, reject) => {
      const weight = this.#options.weigh(write);
      let last = this.#last;
      if (
        last?.kind !== "writes" ||
        last.calls.length >= MAX_BATCH ||
        last.weight + weight > MAX_BATCH_WEIGHT
      ) {
        last = { kind: "writes", calls: [], weight: 0 };
        this.#append(last);
      }
      last.calls.push({ write, resolve, reject, due: this.#due() });
      last.weight += weight;
      this.#waiting++;
      this.#pumpAtEndOfTurn();
    });
  }

  /** Starts `action` when every write called before is committed; at once when there is none. */
  read<T>(action: () => Promise<T>): Promise<T> {
    return this.#isFull() ? Promise.reject(tooManyCalls(this.#backend)) : this.#read(action);
  }

  /** Resolves when every write called before is committed, or has failed. */
  flush(): Promise<void> {
    return this.#read(async () => {});
  }

  #read<T>(action: () => Promise<T>): Promise<T> {
    if (this.#first === undefined && !this.#committing) return this.#runRead(action);
    return new Promise((resolve, reject) => {
      let last = this.#last;
      if (last?.kind !== "reads") {
        last = { kind: "reads", calls: [] };
        this.#append(last);
      }
      last.calls.push({ start: () => resolve(this.#runRead(action)), reject, due: this.#due() });
      this.#waiting++;
      // Somebody waits for the writes before it, so they are committed without waiting for the end of the turn.
      this.#pump(true);
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
      const head = this.#first;
      if (head === undefined) return;
      if (head.kind === "reads") {
        this.#removeFirst();
        this.#waiting -= head.calls.length;
        for (const { start } of head.calls) start();
      } else {
        const isStillGathering = head === this.#last && this.#turnEnds && !now;
        if (this.#reading > 0 || isStillGathering) return;
        this.#removeFirst();
        this.#waiting -= head.calls.length;
        void this.#commitSegment(head);
      }
    }
  }

  async #commitSegment({ calls }: WriteSegment<Write>): Promise<void> {
    this.#committing = true;
    try {
      const outcomes = await this.#commit(calls.map(({ write }) => write));
      for (const [index, { resolve, reject }] of calls.entries()) {
        const error = outcomes[index];
        if (error === undefined) resolve();
        else reject(error);
      }
    } catch (error) {
      for (const { reject } of calls) reject(error as StorageError);
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

  #due(): number {
    const due = performance.now() + this.#options.timeout;
    if (!this.#expiring) this.#expireAt(due);
    return due;
  }

  #expireAt(due: number): void {
    this.#expiring = true;
    // One timer for all. It keeps no process alive (rule S11): the call that the others wait for does. Browsers' have no unref.
    const timer: unknown = setTimeout(
      () => {
        this.#expiring = false;
        this.#expire();
      },
      Math.max(1, due - performance.now()),
    );
    if (typeof timer === "object") (timer as { unref(): void }).unref();
  }

  /** Calls wait in the order in which they were made, so those whose time is over come first. */
  #expire(): void {
    const now = performance.now();
    for (let head = this.#first; head !== undefined; head = this.#first) {
      const current = head.calls.findIndex(({ due }) => due > now);
      const expired = head.calls.splice(0, current === -1 ? head.calls.length : current);
      this.#waiting -= expired.length;
      for (const { reject } of expired) reject(this.#late());
      if (current !== -1) return this.#expireAt(head.calls[0]?.due ?? now);
      this.#removeFirst();
    }
  }

  #append(segment: Segment<Write>): void {
    if (this.#last === undefined) this.#first = segment;
    else this.#last.next = segment;
    this.#last = segment;
  }

  #removeFirst(): void {
    this.#first = this.#first?.next;
    if (this.#first === undefined) this.#last = undefined;
  }

  #isFull(): boolean {
    return this.#waiting + this.#reading >= MAX_WAITING;
  }

  #late(): StorageError {
    return new StorageError(`${this.#backend}: earlier calls have not been answered within the timeout`, {
      code: "TIMEOUT",
      backend: this.#backend,
      hint: "See what keeps the server busy, or raise `timeout`.",
    });
  }
}
