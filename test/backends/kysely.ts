import { randomBytes } from "node:crypto";

import { PGlite } from "@electric-sql/pglite";
import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { createKyselyStorage } from "@gati-framework/storage-sql";
import Database from "better-sqlite3";
import { Kysely, sql, SqliteDialect } from "kysely";

import { PGliteDialect } from "../kysely/pglite-dialect.js";
import type { Closable } from "./closable.js";
import { emptySchema } from "./empty-schema.js";
import { type Place, Places } from "./places.js";

type Create<Module> = (options: {
  db: Kysely<unknown>;
  dialect: "postgres" | "sqlite";
  schema?: string;
}) => Module;

/** PGlite takes a second to start, so one of it serves all storages of a test file. */
let shared: Kysely<unknown> | undefined;

export const [pglite, kyselySqlite] = kyselyOf(createKyselyStorage);

/** Storages of any schema, on databases that the caller opens. */
export function kyselyOf<Module extends Closable>(
  create: Create<Module>,
): readonly [BackendInitializer<Module>, BackendInitializer<Module>] {
  const schemas = new Places(async () => newSchema((shared ??= startPglite())));
  return [
    {
      name: "pglite",
      async create() {
        const place = await schemas.take();
        const open = () => create({ db: place.db, dialect: "postgres", schema: place.schema });
        const module = open();
        return {
          module,
          async destroy() {
            await module.shutdown();
            await schemas.giveBack(place);
          },
          reopen: async () => open(),
        };
      },
    },
    {
      name: "kysely-sqlite",
      async create() {
        const db = new Kysely<unknown>({
          dialect: new SqliteDialect({ database: new Database(":memory:") }),
        });
        const open = () => create({ db, dialect: "sqlite" });
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
    },
  ];
}

function startPglite(): Kysely<unknown> {
  return new Kysely({ dialect: new PGliteDialect(new PGlite()) });
}

/** The name of a schema that is not there yet, which the first storage makes. It ends with the database. */
function newSchema(db: Kysely<unknown>): Place & { readonly db: Kysely<unknown>; readonly schema: string } {
  const schema = `suite_${randomBytes(6).toString("hex")}`;
  return {
    db,
    schema,
    empty: async () => {
      await sql.raw(emptySchema(schema)).execute(db);
    },
    remove: async () => {},
  };
}
