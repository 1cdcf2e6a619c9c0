import type { StorageInitializer } from "@gati-framework/storage-testing";

import {
  betterSqliteFile,
  betterSqliteFileCached,
  betterSqliteMemory,
  betterSqliteMemoryCached,
} from "./better-sqlite3.js";
import { mysqlUrl } from "../mysql/server/server.js";
import { machineUrl } from "../postgres/server/servers.js";
import { inMemory } from "./in-memory.js";
import { kyselySqlite, pglite } from "./kysely.js";
import { mysql, mysqlKysely } from "./mysql.js";
import { postgresCached, postgresEmbedded, postgresServer } from "./postgres.js";
import { sqljs, sqljsCached, sqljsFile, sqljsFileAutosave } from "./sqljs.js";

/** Every backend, under each of its configurations; the machine's own PostgreSQL and MySQL servers where they answer. */
export const backends: readonly StorageInitializer[] = [
  inMemory,
  sqljs,
  sqljsFile,
  sqljsFileAutosave,
  sqljsCached,
  betterSqliteMemory,
  betterSqliteFile,
  betterSqliteMemoryCached,
  betterSqliteFileCached,
  postgresEmbedded,
  postgresCached,
  ...((await machineUrl()) === undefined ? [] : [postgresServer]),
  ...((await mysqlUrl()) === undefined ? [] : [mysql, mysqlKysely]),
  pglite,
  kyselySqlite,
];

/**
 * The backends that `STORAGE_TEST_BACKENDS=a,b` names; all of them when it is not set. An unknown name fails, so that nothing
 * is left out by a slip of the keyboard.
 */
export function chosenBackends(
  filter: string | undefined = process.env["STORAGE_TEST_BACKENDS"],
): readonly StorageInitializer[] {
  if (filter === undefined || filter === "") return backends;
  const known = new Map(backends.map((backend) => [backend.name, backend]));
  return filter.split(",").map((name) => {
    const backend = known.get(name.trim());
    if (backend === undefined) {
      throw new Error(
        `STORAGE_TEST_BACKENDS names "${name.trim()}"; the backends are ${[...known.keys()].join(", ")}`,
      );
    }
    return backend;
  });
}
