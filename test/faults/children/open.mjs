import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { createInMemoryStorage } from "@gati-framework/storage";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

/** The storage named by the first argument, with the options of the second, as JSON. */
export function openStorage(backend, options) {
  if (backend === "better-sqlite3") return createBetterSqliteStorage(JSON.parse(options));
  if (backend === "postgres") return createPostgresStorage(JSON.parse(options));
  if (backend === "mysql") return createMysqlStorage(JSON.parse(options));
  if (backend === "sqljs") return createSqlJsStorage(JSON.parse(options));
  if (backend === "in-memory") return createInMemoryStorage();
  throw new Error(`unknown backend ${backend}`);
}
