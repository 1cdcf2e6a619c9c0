import type { HandlerManifest } from "@gati-framework/storage";
import type { Pool, RowDataPacket } from "mysql2";
import { createPeerTable } from "./mysql-table.js";
import { parse, type ServerStore } from "./server-store.js";

type Row = RowDataPacket & { readonly data: string };

const GET = "select data from by_hand where handler_id = ? and version = ?";
const PUT = `insert into by_hand (handler_id, version, created_at, data) values (?, ?, ?, ?)
             on duplicate key update created_at = values(created_at), data = values(data)`;

/** mysql2 with `execute`, which prepares a statement once a connection: the limit of one statement a call. */
export async function mysqlHandWritten(pool: Pool, rows: readonly HandlerManifest[]): Promise<ServerStore> {
  await createPeerTable(pool, "by_hand", rows);
  const database = pool.promise();
  return {
    async getManifest(id, version) {
      const [[found]] = await database.execute<Row[]>(GET, [id, version]);
      return parse(found);
    },
    async storeManifest(manifest) {
      const { handlerId, version, createdAt } = manifest;
      await database.execute(PUT, [handlerId, version, createdAt, JSON.stringify(manifest)]);
    },
  };
}
