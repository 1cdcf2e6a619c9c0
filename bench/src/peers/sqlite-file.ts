import Database from "better-sqlite3";
import type { HandlerManifest } from "@gati-framework/storage";

/** How safe a resolved write is, alike for all: `NORMAL` survives the process, `FULL` survives the power (rule S12). */
export type Synchronous = "NORMAL" | "FULL";

/** What the SQLite suite asks of whoever stands in it. */
export interface SqliteStore {
  getManifest(id: string, version?: string): Promise<HandlerManifest | undefined>;
  getAllManifestVersions(id: string): Promise<HandlerManifest[]>;
  storeManifest(manifest: HandlerManifest): Promise<void>;
  close(): void | Promise<void>;
}

/** The columns and the key that our table has, and an index for the latest version. */
export const SCHEMA = `
  create table manifests (
    seq integer primary key,
    handler_id text not null,
    version text not null,
    created_at real,
    data text not null,
    unique (handler_id, version)
  ) strict;
  create index manifests_latest on manifests (handler_id, created_at);
`;

/** Opens a new file with the peers' table in it, holding `rows`. */
export function openPeerFile(
  file: string,
  synchronous: Synchronous,
  rows: readonly HandlerManifest[],
): Database.Database {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma(`synchronous = ${synchronous}`);
  database.exec(SCHEMA);
  const insert = database.prepare(
    "insert into manifests (handler_id, version, created_at, data) values (?, ?, ?, ?)",
  );
  database.transaction(() => {
    for (const row of rows) insert.run(row.handlerId, row.version, row.createdAt, JSON.stringify(row));
  })();
  return database;
}
