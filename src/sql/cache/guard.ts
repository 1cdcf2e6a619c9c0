/** Knows whether the answers that a cache keeps are still those of the database. */
export interface CacheGuard {
  /** Whether they may be used now. What is known to have changed is taken out of the cache first. */
  mayUse(): boolean;
  close(): void | Promise<void>;
}

/** For a database that nobody else can write to. */
export const ALONE: CacheGuard = { mayUse: () => true, close: () => {} };
