import type { HandlerManifest } from "@gati-framework/storage";
import initSqlJs from "sql.js";
import { SCHEMA } from "./sqlite-file.js";

/** sql.js in memory with statements prepared once: the limit of what can be reached. */
export async function sqlJsHandWritten(rows: readonly HandlerManifest[]) {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run(SCHEMA);
  const get = database.prepare("select data from manifests where handler_id = ? and version = ?");
  const put = database.prepare(
    `insert into manifests (handler_id, version, created_at, data) values (?, ?, ?, ?)
     on conflict (handler_id, version) do update set created_at = excluded.created_at, data = excluded.data`,
  );
  const store = (manifest: HandlerManifest): void => {
    put.run([manifest.handlerId, manifest.version, manifest.createdAt, JSON.stringify(manifest)]);
  };
  database.run("begin");
  for (const row of rows) store(row);
  database.run("commit");
  return {
    async getManifest(id: string, version: string): Promise<HandlerManifest | undefined> {
      get.bind([id, version]);
      const data = get.step() ? get.get()[0] : undefined;
      get.reset();
      return data === undefined ? undefined : (JSON.parse(data as string) as HandlerManifest);
    },
    async storeManifest(manifest: HandlerManifest): Promise<void> {
      store(manifest);
    },
    close: () => database.close(),
  };
}
