import { randomBytes } from "node:crypto";

import { PGlite } from "@electric-sql/pglite";
import { createKyselyStorage } from "@gati-framework/storage-sql";
import type { StorageInitializer } from "@gati-framework/storage-testing";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

import { PGliteDialect } from "../kysely/pglite-dialect.js";

let shared: Kysely<unknown> | undefined;

/** PGlite takes a second to start, so one of it serves all storages of a test file, each in a schema of its own. */
export const pglite: StorageInitializer = {
  name: "pglite",
  async create() {
    const db = (shared ??= new Kysely({ dialect: new PGliteDialect(new PGlite()) }));
    const schema = `suite_${randomBytes(6).toString("hex")}`;
    const open = () => createKyselyStorage({ db, dialect: "postgres", schema });
    const module = open();
    return {
      module,
      async destroy() {
        await module.shutdown();
        await db.schema.dropSchema(schema).ifExists().cascade().execute();
      },
      reopen: async () => open(),
    };
  },
};

export const kyselySqlite: StorageInitializer = {
  name: "kysely-sqlite",
  async create() {
    const db = new Kysely({ dialect: new SqliteDialect({ database: new Database(":memory:") }) });
    const open = () => createKyselyStorage({ db, dialect: "sqlite" });
    const module = open();
    return {
      module,
      async destroy() {
        await module.shutdown();
        await db.destroy();
      },
      reopen: async () => open(),
    };
  },
};
