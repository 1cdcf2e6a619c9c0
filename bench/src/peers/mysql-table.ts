import type { HandlerManifest } from "@gati-framework/storage";
import type { Pool } from "mysql2";

/** Rows of one statement, so that it fits into a packet. */
const ROWS = 500;

/** Makes the table that our storage has, with one index for the latest version, and types as one takes by hand; it holds `rows`. */
export async function createPeerTable(
  pool: Pool,
  table: string,
  rows: readonly HandlerManifest[],
): Promise<void> {
  const database = pool.promise();
  await database.query(`
    create table ${table} (
      seq bigint unsigned not null auto_increment primary key,
      handler_id varchar(255) not null,
      version varchar(255) not null,
      created_at double,
      data longtext not null,
      unique key (handler_id, version),
      key (handler_id, created_at)
    ) engine=InnoDB character set utf8mb4 collate utf8mb4_bin
  `);
  for (let start = 0; start < rows.length; start += ROWS) {
    const values = rows
      .slice(start, start + ROWS)
      .map((row) => [row.handlerId, row.version, row.createdAt, JSON.stringify(row)]);
    // oxlint-disable-next-line no-await-in-loop -- one statement after the other keeps the order
    await database.query(`insert into ${table} (handler_id, version, created_at, data) values ?`, [values]);
  }
}
