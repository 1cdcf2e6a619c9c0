import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { createInMemoryStorage, type StorageModule } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import type { RowDataPacket } from "mysql2";
import { createConnection } from "mysql2/promise";
import { Pool } from "pg";

/** Backends of the suite `scale`, by their package. */
export type Backend = "in-memory" | "sqljs" | "better-sqlite3" | "postgres" | "mysql";

/** Where a storage is kept. */
export interface Place {
  readonly backend: Backend;
  /** A folder of its own, of which nothing is kept. */
  readonly folder: string;
  /** Of the server; used by backends that have one. */
  readonly connectionString: string;
  /** Of its schema on the server, or the start of its tables' names. */
  readonly name: string;
}

/** A storage, and what it takes. */
export interface Opened {
  readonly module: StorageModule;
  /** Bytes of its database, after it has been closed and opened again; 0 in memory. */
  disk(): Promise<number>;
  close(): Promise<void>;
}

/** Opens the storage of a place as a user would, as durable as it is by default. */
export function open(place: Place): Opened {
  return OPENERS[place.backend](place);
}

const OPENERS: Readonly<Record<Backend, (place: Place) => Opened>> = {
  "in-memory": () => opened(createInMemoryStorage(), () => 0),
  "better-sqlite3": ({ folder }) =>
    inFolder(createBetterSqliteStorage({ filename: path.join(folder, "storage.db") }), folder),
  sqljs: ({ folder }) =>
    inFolder(createSqlJsStorage({ filename: path.join(folder, "storage.db"), autoSave: true }), folder),
  postgres: ({ connectionString, name: schema }) =>
    opened(createPostgresStorage({ connectionString, schema }), () => sizeOfSchema(connectionString, schema)),
  mysql: ({ connectionString, name }) => {
    const tablePrefix = `${name}_`;
    const module = createMysqlStorage({ connectionString, tablePrefix });
    return opened(module, () => sizeOfTables(connectionString, tablePrefix));
  },
};

function opened(module: StorageModule, disk: () => number | Promise<number>): Opened {
  return { module, disk: async () => disk(), close: () => module.shutdown() };
}

function inFolder(module: StorageModule, folder: string): Opened {
  return opened(module, async () => {
    // Closing moves logs into the file.
    await module.shutdown();
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    await module.init();
    return sizes.reduce((sum, size) => sum + size, 0);
  });
}

async function sizeOfSchema(connectionString: string, schema: string): Promise<number> {
  const pool = new Pool({ connectionString, max: 1 });
  const { rows } = await pool.query<{ size: string }>(
    `select coalesce(sum(pg_total_relation_size(oid)), 0) as size
     from pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
    [schema],
  );
  await pool.end();
  return Number(rows[0]?.size);
}

/** The extents, of a megabyte each, that InnoDB has set aside for the rows and indexes of tables; their files have a few more. */
async function sizeOfTables(connectionString: string, tablePrefix: string): Promise<number> {
  const connection = await createConnection(connectionString);
  try {
    const select = async (what: string): Promise<unknown> => {
      const sql = `select ${what} as found from information_schema.tables where table_schema = database() and left(table_name, ?) = ?`;
      const [rows] = await connection.query<RowDataPacket[]>(sql, [tablePrefix.length, tablePrefix]);
      return rows[0]?.["found"];
    };
    // The pages are counted by `analyze`, and MySQL would go on telling what it counted up to a day ago.
    await connection.query(`analyze table ${String(await select("group_concat(table_name)"))}`);
    return Number(await select("sum(data_length + index_length)"));
  } finally {
    await connection.end();
  }
}
