import { StorageError } from "../errors.js";
import { pause, within } from "./deadline.js";

/** How often a call is tried of which nothing has run. */
const MAX_ATTEMPTS = 8;

/** What is known of a call. */
export interface CallKind {
  /** It changes nothing, and may be asked again. */
  readonly reading: boolean;
  /** It is more than one statement. */
  readonly inTransaction: boolean;
}

export interface CallLimits {
  /** Milliseconds for the answer, once there is a connection. */
  readonly timeout: number;
  /** Milliseconds to get a connection. */
  readonly connectTimeout: number;
}

/** The part of a pooled connection that every driver has. */
export interface PooledConnection {
  on(event: "error", listener: () => void): unknown;
  removeListener(event: "error", listener: () => void): unknown;
}

/** What differs between the pools of drivers. */
export interface PoolDriver<Connection extends PooledConnection> {
  /** The backend's name in errors. */
  readonly backend: string;
  /**
   * Asks the pool for a connection. The callback matters: a promise would settle too late for an error that came together with the
   * server's greeting.
   */
  take(callback: (error: unknown, connection: Connection | undefined) => void): void;
  /** Gives a connection back to the pool, or ends it. */
  giveBack(connection: Connection, destroy: boolean): void;
  /** Whether the connection is as good as before, after an error of a call. Ends a failed transaction. */
  canGoOn(connection: Connection, error: unknown, inTransaction: boolean): Promise<boolean>;
  /** Whether nothing of the call has run, so that it may be made again. */
  hasNotRun(error: unknown): boolean;
  /** Whether the connection was lost. */
  isLost(error: unknown): boolean;
  /** The error for callers; `unknown`: whether it may have run. */
  errorOf(error: unknown, unknown: boolean): StorageError;
}

/** What prevented a call from being sent at all. */
class NotSent extends Error {
  constructor(cause: unknown) {
    super("not sent", { cause });
  }
}

/**
 * Makes calls on connections of a pool. Every call ends within `connectTimeout` and `timeout` together, however often it is tried,
 * and no lost connection ends the process.
 */
export class PoolCalls<Connection extends PooledConnection> {
  readonly #driver: PoolDriver<Connection>;
  readonly #limits: CallLimits;

  constructor(driver: PoolDriver<Connection>, limits: CallLimits) {
    this.#driver = driver;
    this.#limits = limits;
  }

  /** Runs an action on a connection of its own, again where it is known that nothing of it has run. */
  async run<T>(kind: CallKind, action: (connection: Connection) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#limits.connectTimeout + this.#limits.timeout;
    for (let attempt = 1; ; attempt++) {
      let connection: Connection | undefined;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        connection = await this.#take(Math.min(this.#limits.connectTimeout, deadline - performance.now()));
        const time = Math.min(this.#limits.timeout, deadline - performance.now());
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        const result = await this.inTime(action(connection), kind.reading, time);
        this.release(connection, false);
        return result;
      } catch (error) {
        if (connection !== undefined) {
          // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
          this.release(connection, !(await this.#driver.canGoOn(connection, error, kind.inTransaction)));
        }
        const isOver = attempt >= MAX_ATTEMPTS || performance.now() >= deadline;
        if (isOver || !this.#mayRetry(error, kind.reading && attempt === 1)) {
          throw this.#errorOf(error, !kind.reading);
        }
        // Jitter that grows keeps two rivals from meeting again and again.
        const jitter = Math.random() * 10 * 2 ** attempt;
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        await pause(Math.min(jitter, Math.max(0, deadline - performance.now())));
      }
    }
  }

  /** Runs an action, which gives the connection back itself, once, and as long as it takes. */
  async runOnce<T>(action: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      return await action(await this.#take(this.#limits.connectTimeout));
    } catch (error) {
      throw this.#errorOf(error, true);
    }
  }

  /** Takes a connection for good: whoever takes it gives it back. */
  connect(): Promise<Connection> {
    return this.#take(this.#limits.connectTimeout);
  }

  /** Gives a connection back. One that is destroyed may fail yet: its errors stay heard. */
  release(connection: Connection, destroy: boolean): void {
    if (!destroy) connection.removeListener("error", ignore);
    this.#driver.giveBack(connection, destroy);
  }

  /** The answer to what was sent on a connection. Throws `TIMEOUT` when it does not come: within `timeout`, unless told otherwise. */
  inTime<T>(answer: Promise<T>, reading: boolean, milliseconds: number = this.#limits.timeout): Promise<T> {
    return within(milliseconds, answer, () => {
      throw this.#noAnswer(reading);
    });
  }

  /** By a deadline, and in the one promise that every call pays for; its errors, which would end the process, are heard. */
  #take(milliseconds: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new NotSent(this.#noConnection()));
      }, milliseconds);
      this.#driver.take((error, connection) => {
        clearTimeout(timer);
        if (connection === undefined) return reject(new NotSent(error));
        // One that comes too late goes back to the pool.
        if (isLate) return this.#driver.giveBack(connection, false);
        connection.on("error", ignore);
        resolve(connection);
      });
    });
  }

  #mayRetry(error: unknown, mayRepeat: boolean): boolean {
    if (this.#driver.hasNotRun(error instanceof NotSent ? error.cause : error)) return true;
    // A pooled connection may have died while idle; a read may simply be asked again, once.
    const isOfDriver = !(error instanceof NotSent) && !StorageError.is(error);
    return mayRepeat && isOfDriver && this.#driver.isLost(error);
  }

  #errorOf(error: unknown, unknown: boolean): StorageError {
    return error instanceof NotSent
      ? this.#driver.errorOf(error.cause, false)
      : this.#driver.errorOf(error, unknown);
  }

  #noAnswer(reading: boolean): StorageError {
    const { backend } = this.#driver;
    return new StorageError(`${backend}: no answer within the timeout`, {
      code: "TIMEOUT",
      outcome: reading ? "not-written" : "unknown",
      backend,
      hint: "See what keeps the server busy, or raise `timeout`.",
    });
  }

  #noConnection(): StorageError {
    const { backend } = this.#driver;
    return new StorageError(`${backend}: no connection within the timeout`, {
      code: "TIMEOUT",
      backend,
      hint: "See whether the server runs, and whether the pool is large enough.",
    });
  }
}

function ignore(): void {}
