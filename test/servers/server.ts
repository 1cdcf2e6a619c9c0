import type { StorageModule } from "@gati-framework/storage";

import type { Proxy } from "../faults/proxy.js";
import { mysqlServer } from "./mysql.js";
import { postgresServer } from "./postgres.js";
import { mysqlToTest } from "../mysql/support.js";
import { testServers } from "../postgres/server/servers.js";

/** What the storages of every server take, beside where the server is. */
export interface SharedOptions {
  readonly migrate?: "auto" | "verify" | "off";
  readonly timeout?: number;
  readonly connectTimeout?: number;
  readonly poolSize?: number;
}

/** A way to reach a place on a server. */
export interface Access {
  /** What a storage is told, and as JSON a child process. */
  readonly options: { readonly connectionString: string; readonly schema?: string };
  /** A storage, shut down when the running test ends. */
  open(more?: SharedOptions): StorageModule;
  pool(connections?: number): UserPool;
}

/** A pool of the user's, ended when the running test ends. */
export interface UserPool {
  open(more?: SharedOptions): StorageModule;
  /** Takes a connection, and returns what gives it back. */
  hold(): Promise<() => void>;
  /** How many wait for a connection. */
  waiting(): number;
  end(): Promise<void>;
}

/** A schema or a database of the running test's own, dropped when it ends, and what can be done to it beside its storages. */
export interface Place extends Access {
  /** Makes the schema or database itself, which else a storage does where it can; without tables. */
  prepare(): Promise<void>;
  /** Runs SQL in which names that begin with `gati_` are those of the place's own tables; text comes back as text. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  tables(): Promise<string[]>;
  /** The place behind a proxy, which is closed when the running test ends. */
  proxied(): Promise<{ readonly proxy: Proxy; readonly behind: Access }>;
  /** The place for a user who may read, or read and write, what is there, and creates nothing. */
  asUser(rights: "read" | "write"): Promise<Access>;
  /** The place for a user who may do everything, and has this password. */
  withPassword(password: string): Promise<Access>;
  /** How many connections the storages have. */
  connections(): Promise<number>;
  /** Ends every connection of the storages, from the server's side, and says how many there were. */
  disconnect(): Promise<number>;
  /** Waits until the server has noticed that a killed client is gone: until then its last statement may still run. */
  withoutClients(): Promise<void>;
  /** Locks every row of a table in a transaction of somebody else's; returns what ends it. */
  lock(table: string): Promise<() => Promise<void>>;
  /** Waits until a storage waits for a lock. */
  untilBlocked(): Promise<void>;
  /** Has every insert of a GType counted, wherever it comes from, and returns the count. */
  countInserts(): Promise<() => Promise<number>>;
  /** Makes updates of GTypes so slow that they meet; returns how many deadlocks there have been in so many batches. */
  slowUpdates(): Promise<(batches: number) => Promise<number>>;
}

/** A server that many processes share, and where it differs from the others. */
export interface Server {
  readonly name: string;
  /** As the programs of `test/faults/children` name it. */
  readonly backend: "postgres" | "mysql";
  place(): Promise<Place>;
  /** A storage that is told no more than this, shut down when the running test ends. */
  open(options: { readonly connectionString: string }): StorageModule;
  /** What a storage says whose rows are locked by somebody else, if it waits no longer than so many milliseconds. */
  readonly lockedOut: { readonly timeout: number; readonly reason: object };
  /** What may be said of a write whose connection was ended. */
  readonly disconnected: readonly string[];
  /** The driver's error where the user may not create tables. */
  readonly noRights: object;
  /** Whether it creates all tables or none, and after which round trips a process that creates them is killed. */
  readonly creation: { readonly atOnce: boolean; readonly killedAfter: readonly number[] };
  /** Whether the first use of a statement takes a round trip more. */
  readonly preparesApart: boolean;
}

/** Every server that can be had: PostgreSQL's, and MySQL's where one answers. */
export async function servers(): Promise<readonly Server[]> {
  const [postgres, mysql] = [await testServers(), mysqlToTest()];
  return [...postgres.map(postgresServer), ...(mysql === undefined ? [] : [mysqlServer(mysql)])];
}
