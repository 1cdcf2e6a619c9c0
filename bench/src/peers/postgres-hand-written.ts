import type { HandlerManifest } from "@gati-framework/storage";
import type { Pool } from "pg";
import { createPeerTable } from "./postgres-table.js";
import { parse, type ServerStore } from "./server-store.js";

/** pg with named statements, which a connection plans once: the limit of one statement a call. */
export async function postgresHandWritten(
  pool: Pool,
  rows: readonly HandlerManifest[],
): Promise<ServerStore> {
  await createPeerTable(pool, "by_hand", rows);
  const get = {
    name: "get",
    text: "select data from by_hand.manifests where handler_id = $1 and version = $2",
  };
  const put = {
    name: "put",
    text: `insert into by_hand.manifests (handler_id, version, created_at, data) values ($1, $2, $3, $4)
           on conflict (handler_id, version) do update set created_at = excluded.created_at, data = excluded.data`,
  };
  return {
    async getManifest(id, version) {
      const { rows: found } = await pool.query<{ data: string }>({ ...get, values: [id, version] });
      return parse(found[0]);
    },
    async storeManifest(manifest) {
      const { handlerId, version, createdAt } = manifest;
      await pool.query({ ...put, values: [handlerId, version, createdAt, JSON.stringify(manifest)] });
    },
  };
}
