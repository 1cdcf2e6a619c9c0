import type { HandlerManifest } from "@gati-framework/storage";
import { openPeerFile, type SqliteStore, type Synchronous } from "./sqlite-file.js";

interface Row {
  readonly data: string;
}

const parse = (row: Row): HandlerManifest => JSON.parse(row.data) as HandlerManifest;

/** Statements prepared once, as a good engineer writes them: the limit of what can be reached. */
export function handWritten(file: string, synchronous: Synchronous, rows: readonly HandlerManifest[]) {
  const database = openPeerFile(file, synchronous, rows);
  const get = database.prepare<[string, string], Row>(
    "select data from manifests where handler_id = ? and version = ?",
  );
  const latest = database.prepare<[string], Row>(
    "select data from manifests where handler_id = ? order by created_at desc limit 1",
  );
  const list = database.prepare<[string], Row>(
    "select data from manifests where handler_id = ? order by created_at",
  );
  const put = database.prepare<[string, string, number, string]>(
    `insert into manifests (handler_id, version, created_at, data) values (?, ?, ?, ?)
     on conflict (handler_id, version) do update set created_at = excluded.created_at, data = excluded.data`,
  );
  const count = database.prepare<[], number>("select count(*) from manifests").pluck();
  const store = (manifest: HandlerManifest): void => {
    put.run(manifest.handlerId, manifest.version, manifest.createdAt, JSON.stringify(manifest));
  };
  const storeTogether = database.transaction((manifests: readonly HandlerManifest[]): void => {
    for (const manifest of manifests) store(manifest);
  });
  return {
    async getManifest(id: string, version?: string): Promise<HandlerManifest | undefined> {
      const row = version === undefined ? latest.get(id) : get.get(id, version);
      return row === undefined ? undefined : parse(row);
    },
    async getAllManifestVersions(id: string): Promise<HandlerManifest[]> {
      return list.all(id).map(parse);
    },
    async storeManifest(manifest: HandlerManifest): Promise<void> {
      store(manifest);
    },
    /** All of them in one transaction. */
    async storeTogether(manifests: readonly HandlerManifest[]): Promise<void> {
      storeTogether(manifests);
    },
    manifestCount: (): number => count.get() ?? 0,
    close(): void {
      database.close();
    },
  } satisfies SqliteStore & Record<string, unknown>;
}
