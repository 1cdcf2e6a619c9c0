import { StorageError } from "../errors.js";
import { MAX_WAITING, tooManyCalls } from "../writing/waiting.js";

/** What the gate needs of a backend. */
interface Closable {
  close(): void | Promise<void>;
}

type State = "idle" | "opening" | "open" | "closing" | "closed";

/**
 * Stands between callers and a backend, and decides whether a call may pass (rule S11). The backend is opened by the first
 * call, once, however many come at the same time; calls that wait for it run in the order in which they were made (rule S8).
 */
export class Gate<Backend extends Closable> {
  readonly #name: string;
  readonly #open: () => Backend | Promise<Backend>;
  readonly #mapError: (error: unknown) => StorageError | undefined;
  /** Set exactly while open, so that a call in the usual case costs one comparison. */
  #backend: Backend | undefined;
  #state: State = "idle";
  #waiting: Waiting<Backend>[] = [];
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** How many calls have not settled yet. */
  #running = 0;
  /** Tells `shutdown()` that none is running any more. */
  #drained: (() => void) | undefined;

  /**
   * `name` is the backend's, for errors. `open` may answer at once or later. `mapError` tells what a driver's own error means;
   * undefined for what it does not know (rule S13).
   */
  constructor(
    name: string,
    open: () => Backend | Promise<Backend>,
    mapError: (error: unknown) => StorageError | undefined = ignore,
  ) {
    this.#name = name;
    this.#open = open;
    this.#mapError = mapError;
  }

  /** Calls the open backend, after all earlier calls. A value comes back as it is when the backend answered at once. */
  run<T>(call: (backend: Backend) => T | Promise<T>): T | Promise<T> {
    if (this.#backend === undefined) {
      const opened = this.#enter();
      if (opened === undefined) return this.#wait(call);
    }
    return this.#call(this.#backend as Backend, call);
  }

  /** The open backend, for calls that cannot wait. Throws `NOT_OPEN` while a backend that opens asynchronously has not. */
  now(): Backend {
    const backend = this.#backend ?? this.#enter();
    if (backend !== undefined) return backend;
    throw new StorageError(`${this.#name} has not opened yet`, {
      code: "NOT_OPEN",
      backend: this.#name,
      retryable: true,
      hint: "Await init(), or any other call, before a synchronous one.",
    });
  }

  /** Opens, also after a shutdown. */
  async init(): Promise<void> {
    if (this.#closing !== undefined) await this.#closing.catch(ignore);
    if (this.#state === "closed") this.#state = "idle";
    await this.run(ignore);
  }

  /** Closes after all calls made before; refuses those made afterwards. */
  shutdown(): Promise<void> {
    this.#closing ??= this.#close().finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#opening !== undefined) await this.#opening;
    const backend = this.#backend;
    if (backend === undefined) {
      this.#state = "closed";
      return;
    }
    this.#backend = undefined;
    this.#state = "closing";
    try {
      // None can be added: the backend is out of reach already.
      if (this.#running > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
      await backend.close();
    } catch (error) {
      throw this.#typed(error);
    } finally {
      this.#state = "closed";
    }
  }

  /** Calls the backend when it has opened. */
  async #wait<T>(call: (backend: Backend) => T | Promise<T>): Promise<T> {
    if (this.#waiting.length >= MAX_WAITING) throw tooManyCalls(this.#name);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject } as Waiting<Backend>);
    });
  }

  /** Starts opening where that is due. The backend, if it opened at once. */
  #enter(): Backend | undefined {
    if (this.#closing !== undefined || this.#state === "closed" || this.#state === "closing")
      throw this.#closed();
    if (this.#state === "opening") return undefined;
    let opened: Backend | Promise<Backend>;
    try {
      opened = this.#open();
    } catch (error) {
      throw this.#typed(error);
    }
    if (!(opened instanceof Promise)) {
      this.#opened(opened);
      return opened;
    }
    this.#state = "opening";
    this.#opening = opened
      .then(
        (backend) => this.#opened(backend),
        (error: unknown) => this.#failed(error),
      )
      .finally(() => {
        this.#opening = undefined;
      });
    return undefined;
  }

  #opened(backend: Backend): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#state = "open";
    this.#backend = backend;
    // In the same step, so that no later call overtakes one that has been waiting.
    for (const { call, resolve, reject } of waiting) {
      try {
        resolve(this.#call(backend, call));
      } catch (error) {
        reject(error);
      }
    }
  }

  /** The next call tries again. */
  #failed(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#state = "idle";
    for (const { reject } of waiting) reject(this.#typed(error));
  }

  #call<T>(backend: Backend, call: (backend: Backend) => T | Promise<T>): T | Promise<T> {
    let result: T | Promise<T>;
    try {
      result = call(backend);
    } catch (error) {
      throw this.#typed(error);
    }
    return result instanceof Promise ? this.#track(result) : result;
  }

  /** Keeps `shutdown()` waiting for `promise`. Every write passes here, so it costs one promise and no more. */
  #track<T>(promise: Promise<T>): Promise<T> {
    this.#running++;
    return promise.then(this.#passed as (value: T) => T, this.#refused);
  }

  readonly #passed = (value: unknown): unknown => {
    this.#settled();
    return value;
  };

  readonly #refused = (error: unknown): never => {
    this.#settled();
    throw this.#typed(error);
  };

  #settled(): void {
    this.#running--;
    if (this.#running > 0 || this.#drained === undefined) return;
    this.#drained();
    this.#drained = undefined;
  }

  #closed(): StorageError {
    return new StorageError(`${this.#name} has been shut down`, {
      code: "CLOSED",
      backend: this.#name,
      hint: "Call init() to open it again.",
    });
  }

  /** Whatever else may escape a backend is our fault, and says so (rule S13). */
  #typed(error: unknown): StorageError {
    if (StorageError.is(error)) return error;
    const known = this.#mapError(error);
    if (known !== undefined) return known;
    return new StorageError(`${this.#name} failed unexpectedly`, {
      code: "INTERNAL",
      outcome: "unknown",
      backend: this.#name,
      cause: error,
    });
  }
}

interface Waiting<Backend> {
  readonly call: (backend: Backend) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function ignore(): undefined {}
