/** What a backend promises. Declared by the backend, and tested both ways by the conformance suite. */
export interface StorageCapabilities {
  /** A resolved write survives the end of the process, and of the power (rule S12). */
  readonly durable: boolean;
  /** What was stored is there again after `shutdown()`, if not after any other end. Left out: as `durable`. */
  readonly savedAtShutdown?: boolean;
  /** Several processes may use the same database at once. */
  readonly shared: boolean;
  /** It opens within the first call, so that even `getStats()` may be the first one (rule S10). */
  readonly opensSynchronously: boolean;
}

/**
 * A storage as a module of its host: what every factory returns. Assignable to Gati's `Module<Contract>`.
 *
 * Calling a method of `exports` is enough to open it; `init()` opens it ahead of the first call (rule S11).
 */
export interface HostModule<Contract, Stats> {
  /** The name under which a host registers it. */
  readonly name: string;
  /** Version of the package. */
  readonly version: string;
  readonly description: string;
  /** The storage itself. */
  readonly exports: Contract;
  /** What the backend promises. */
  readonly capabilities: StorageCapabilities;
  /** Opens it, also after `shutdown()`. Resolves at once when it is open. Rejects with why it could not be opened. */
  init(): Promise<void>;
  /**
   * Refuses new calls with `CLOSED`, lets running ones finish, commits what was called before, and closes what it opened.
   * Idempotent.
   */
  shutdown(): Promise<void>;
  /** Whether the database answers, within five seconds. Opens a storage that is not open yet; never rejects. */
  healthCheck(): Promise<boolean>;
  /** Resolves when every write called before is where the backend keeps it. */
  flush(): Promise<void>;
  /** Exact counts, also from a shared server (rule S10). */
  refreshStats(): Promise<Stats>;
}

/** What every backend implements beside its entities' reads and writes. Its arguments have been checked (rule S14). */
export interface BackendLifecycle<Stats> {
  /** Empties every entity in one step (rule S9). */
  clear(): void | Promise<void>;
  /** Counts, without waiting for anything (rule S10). */
  stats(): Stats;
  /** Exact counts. */
  refreshStats(): Stats | Promise<Stats>;
  /** Commits what is waiting. */
  flush(): void | Promise<void>;
  /** Throws unless the database answers. */
  check(): void | Promise<void>;
  /** Flushes, and closes what it opened. */
  close(): void | Promise<void>;
}
