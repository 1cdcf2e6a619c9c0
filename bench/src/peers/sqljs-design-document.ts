import fs from "node:fs";
import type { HandlerManifest } from "@gati-framework/storage";
import initSqlJs from "sql.js";

const TABLE = `
  create table manifests (
    handler_id text,
    version text,
    data text,
    created_at integer,
    primary key (handler_id, version)
  )
`;

/**
 * sql.js as the storage contract's design document proposes it: no prepared statements, and with `autoSave` the whole database is
 * written over its file after each store. It neither forces the file to the disk nor replaces it as a whole, so that the power,
 * or a process killed half-way, takes everything: less than what ours promises.
 *
 * @param file where to save after each store; in memory unless given
 * @param forced whether to force the file to the disk each time, which the document does not
 */
export async function sqlJsDesignDocument(rows: readonly HandlerManifest[], file?: string, forced = false) {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run(TABLE);
  const store = ({ handlerId, version, createdAt }: HandlerManifest, data: string): void => {
    database.run("insert or replace into manifests values (?, ?, ?, ?)", [
      handlerId,
      version,
      data,
      createdAt,
    ]);
  };
  database.run("begin");
  for (const row of rows) store(row, JSON.stringify(row));
  database.run("commit");
  return {
    async getManifest(id: string, version: string): Promise<HandlerManifest | undefined> {
      const found = database.exec("select data from manifests where handler_id = ? and version = ?", [
        id,
        version,
      ]);
      const data = found[0]?.values[0]?.[0];
      return data === undefined ? undefined : (JSON.parse(data as string) as HandlerManifest);
    },
    async storeManifest(manifest: HandlerManifest): Promise<void> {
      store(manifest, JSON.stringify(manifest));
      if (file !== undefined) fs.writeFileSync(file, database.export(), { flush: forced });
    },
    close: () => database.close(),
  };
}
