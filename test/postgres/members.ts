import { randomBytes } from "node:crypto";

import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { onTestFinished } from "vitest";

import type { StorageModule } from "@gati-framework/storage";
import { createKyselyStorage } from "@gati-framework/storage-sql";

import { PGliteDialect } from "../kysely/pglite-dialect.js";
import { query, testServers } from "./server/servers.js";
import { freshSchema, openPostgres } from "./support.js";

/** A PostgreSQL, whichever: a storage in a fresh schema, and SQL by hand beside it. */
export interface Member {
  readonly name: string;
  open(): Promise<{
    readonly module: StorageModule;
    readonly schema: string;
    sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
    /** Rows of a statement that must not scan a table, nor sort, where an index would do. */
    sqlByIndex(text: string): Promise<Record<string, unknown>[]>;
  }>;
}

const BY_INDEX = ["enable_seqscan", "enable_bitmapscan", "enable_sort"];

let db: PGlite | undefined;

const pglite: Member = {
  name: "pglite",
  async open() {
    const database = (db ??= new PGlite());
    const schema = `test_${randomBytes(6).toString("hex")}`;
    const kysely = new Kysely({ dialect: new PGliteDialect(database) });
    const module = createKyselyStorage({ db: kysely, dialect: "postgres", schema });
    onTestFinished(async () => {
      await module.shutdown();
      await database.exec(`drop schema if exists "${schema}" cascade`);
    });
    return {
      module,
      schema,
      sql: async (text, values = []) =>
        (await database.query<Record<string, unknown>>(text, [...values])).rows,
      sqlByIndex: (text) =>
        database.transaction(async (transaction) => {
          for (const setting of BY_INDEX) await transaction.exec(`set local ${setting} = off`);
          return (await transaction.query<Record<string, unknown>>(text)).rows;
        }),
    };
  },
};

/** Every server, and PGlite. */
export async function members(): Promise<readonly Member[]> {
  const servers = await testServers();
  return [
    ...servers.map(({ name, url }) => ({
      name,
      async open() {
        const schema = freshSchema(url);
        const module = openPostgres({ connectionString: url, schema });
        const settings = encodeURIComponent(BY_INDEX.map((setting) => `-c ${setting}=off`).join(" "));
        return {
          module,
          schema,
          sql: (text: string, values: readonly unknown[] = []) => query(url, text, values),
          sqlByIndex: (text: string) => query(`${url}?options=${settings}`, text),
        };
      },
    })),
    pglite,
  ];
}
