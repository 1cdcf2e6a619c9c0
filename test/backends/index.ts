import type { StorageInitializer } from "@gati-framework/storage-testing";

import { betterSqliteFile, betterSqliteMemory } from "./better-sqlite3.js";
import { machineUrl } from "../postgres/server/servers.js";
import { inMemory } from "./in-memory.js";
import { kyselySqlite, pglite } from "./kysely.js";
import { postgresEmbedded, postgresServer } from "./postgres.js";
import { sqljs, sqljsFile, sqljsFileAutosave } from "./sqljs.js";

/** Every backend, under each of its configurations; the machine's own PostgreSQL server where one answers. */
export const backends: readonly StorageInitializer[] = [
  inMemory,
  sqljs,
  sqljsFile,
  sqljsFileAutosave,
  betterSqliteMemory,
  betterSqliteFile,
  postgresEmbedded,
  ...((await machineUrl()) === undefined ? [] : [postgresServer]),
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
