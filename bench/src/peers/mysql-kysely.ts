import type { HandlerManifest } from "@gati-framework/storage";
import { type Generated, Kysely, MysqlDialect } from "kysely";
import type { Pool } from "mysql2";
import { createPeerTable } from "./mysql-table.js";
import { parse, type ServerStore } from "./server-store.js";

interface Tables {
  by_kysely: {
    seq: Generated<number>;
    handler_id: string;
    version: string;
    created_at: number | null;
    data: string;
  };
}

/** Kysely as its documentation shows it: each call builds its query. */
export async function mysqlKysely(pool: Pool, rows: readonly HandlerManifest[]): Promise<ServerStore> {
  await createPeerTable(pool, "by_kysely", rows);
  const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool }) });
  return {
    async getManifest(id, version) {
      const query = db.selectFrom("by_kysely").select("data").where("handler_id", "=", id);
      return parse(await query.where("version", "=", version).executeTakeFirst());
    },
    async storeManifest(manifest) {
      const { handlerId, version, createdAt } = manifest;
      const values = { created_at: createdAt, data: JSON.stringify(manifest) };
      await db
        .insertInto("by_kysely")
        .values({ handler_id: handlerId, version, ...values })
        .onDuplicateKeyUpdate(values)
        .execute();
    },
  };
}
