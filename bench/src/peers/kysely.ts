import type { HandlerManifest } from "@gati-framework/storage";
import { type Generated, Kysely, SqliteDialect } from "kysely";
import { openPeerFile, type SqliteStore, type Synchronous } from "./sqlite-file.js";

interface Tables {
  manifests: {
    seq: Generated<number>;
    handler_id: string;
    version: string;
    created_at: number | null;
    data: string;
  };
}

const parse = (row: { readonly data: string }): HandlerManifest => JSON.parse(row.data) as HandlerManifest;

/** Kysely as its documentation shows it: each call builds its query. */
export function kyselyPerCall(
  file: string,
  synchronous: Synchronous,
  rows: readonly HandlerManifest[],
): SqliteStore {
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: openPeerFile(file, synchronous, rows) }),
  });
  return {
    async getManifest(id, version) {
      const ofHandler = db.selectFrom("manifests").select("data").where("handler_id", "=", id);
      const query =
        version === undefined
          ? ofHandler.orderBy("created_at", "desc").limit(1)
          : ofHandler.where("version", "=", version);
      const row = await query.executeTakeFirst();
      return row === undefined ? undefined : parse(row);
    },
    async getAllManifestVersions(id) {
      const query = db.selectFrom("manifests").select("data").where("handler_id", "=", id);
      return (await query.orderBy("created_at").execute()).map(parse);
    },
    async storeManifest(manifest) {
      const { handlerId, version, createdAt } = manifest;
      await db
        .insertInto("manifests")
        .values({ handler_id: handlerId, version, created_at: createdAt, data: JSON.stringify(manifest) })
        .onConflict((conflict) =>
          conflict.columns(["handler_id", "version"]).doUpdateSet((row) => ({
            created_at: row.ref("excluded.created_at"),
            data: row.ref("excluded.data"),
          })),
        )
        .execute();
    },
    close: () => db.destroy(),
  };
}
