/** A statement that is built once. */
export interface Statement {
  /** Unique among the statements of a storage: its name where a database prepares by name. */
  readonly name: string;
  readonly sql: string;
}

/** A statement with the values of one call. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** A row as drivers return it: column name to value. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** What became of one statement that writes. */
export interface WriteResult {
  readonly rows: readonly ResultRow[];
  /** How many rows it has inserted, updated or deleted. */
  readonly changed: number;
}

/** Runs one statement of a transaction. Its rows. */
export type RunStatement = (sql: string, values: readonly unknown[]) => Promise<readonly ResultRow[]>;

/** What a backend that answers later asks of its database. Every rejection must be a `StorageError` (rule S13). */
export interface SqlExecutor {
  /** Runs one statement that changes nothing. May be tried again when the connection was lost. */
  read(statement: Statement, values: readonly unknown[]): Promise<readonly ResultRow[]>;
  /** Runs statements in order: all of them, or none. Never tried again where they may have run. What became of each. */
  write(statements: readonly BoundStatement[]): Promise<readonly WriteResult[]>;
  /**
   * Runs an action whose statements depend on each other's rows, on one connection and in one transaction: all of it, or none.
   * Each statement has until the deadline of an upgrade. Never tried again.
   */
  transaction<T>(action: (run: RunStatement) => Promise<T>): Promise<T>;
  /** Closes what it opened, by its deadline. */
  close(): Promise<void>;
}
