import type { HandlerManifest } from "@gati-framework/storage";
import { type Generated, Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { createPeerTable } from "./postgres-table.js";
import { parse, type ServerStore } from "./server-store.js";

interface Tables {
  manifests: {
    seq: Generated<string>;
    handler_id: string;
    version: string;
    created_at: number | null;
    data: string;
  };
}

/** Kysely as its documentation shows it: each call builds its query. */
export async function postgresKysely(pool: Pool, rows: readonly HandlerManifest[]): Promise<ServerStore> {
  await createPeerTable(pool, "by_kysely", rows);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema("by_kysely");
  return {
    async getManifest(id, version) {
      const query = db.selectFrom("manifests").select("data").where("handler_id", "=", id);
      return parse(await query.where("version", "=", version).executeTakeFirst());
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
  };
}
