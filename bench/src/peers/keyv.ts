import { KeyvSqlite } from "@keyv/sqlite";
import type { HandlerManifest } from "@gati-framework/storage";
import { Keyv } from "keyv";

const keyOf = (id: string, version: string): string => `${id}@${version}`;

/**
 * Keyv with its SQLite adapter on the same driver, which by itself runs WAL files with `synchronous=NORMAL`. It knows keys only:
 * no latest version and no list.
 */
export async function keyvSqlite(file: string, rows: readonly HandlerManifest[]) {
  const keyv = new Keyv({
    store: new KeyvSqlite({ uri: `sqlite://${file}`, wal: true, driver: "better-sqlite3" }),
    throwOnErrors: true,
  });
  await keyv.setMany(rows.map((row) => ({ key: keyOf(row.handlerId, row.version), value: row })));
  return {
    getManifest: (id: string, version: string) => keyv.get<HandlerManifest>(keyOf(id, version)),
    async storeManifest(manifest: HandlerManifest): Promise<void> {
      await keyv.set(keyOf(manifest.handlerId, manifest.version), manifest);
    },
    close: () => keyv.disconnect(),
  };
}
