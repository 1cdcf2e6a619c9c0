import type { HandlerManifest } from "@gati-framework/storage";
import type { Pool } from "pg";

/** Makes the table that our storage has, with one index for the latest version, in a schema of its own; it holds `rows`. */
export async function createPeerTable(
  pool: Pool,
  schema: string,
  rows: readonly HandlerManifest[],
): Promise<void> {
  await pool.query(`
    create schema ${schema};
    create table ${schema}.manifests (
      seq bigint generated always as identity,
      handler_id text collate "C" not null,
      version text collate "C" not null,
      created_at double precision,
      data text not null,
      primary key (handler_id, version)
    );
    create index on ${schema}.manifests (handler_id, created_at);
  `);
  await pool.query(
    `insert into ${schema}.manifests (handler_id, version, created_at, data)
     select * from unnest($1::text[], $2::text[], $3::double precision[], $4::text[])`,
    [
      rows.map((row) => row.handlerId),
      rows.map((row) => row.version),
      rows.map((row) => row.createdAt),
      rows.map((row) => JSON.stringify(row)),
    ],
  );
}
