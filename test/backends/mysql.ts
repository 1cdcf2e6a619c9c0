import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { createMysqlStorage, type MysqlStorageOptions } from "@gati-framework/storage-mysql";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";

import { ABSENT, createDatabase, mysqlUrl, query } from "../mysql/server/server.js";
import type { Closable } from "./closable.js";
import { type Place, Places } from "./places.js";

type Options = Pick<MysqlStorageOptions, "connectionString" | "poolSize" | "db">;

let server: Promise<string> | undefined;

export const [mysql, mysqlKysely] = mysqlOf(createMysqlStorage);

/** Storages of any schema: on pools of their own, and on a Kysely of the user's. */
export function mysqlOf<Module extends Closable>(
  create: (options: Options) => Module,
): readonly [BackendInitializer<Module>, BackendInitializer<Module>] {
  return [
    initializer("mysql", create, (url) => ({
      options: { connectionString: url, poolSize: 2 },
      close: async () => {},
    })),
    initializer("mysql-kysely", create, (url) => {
      const db = new Kysely<never>({
        dialect: new MysqlDialect({ pool: createPool({ uri: url, connectionLimit: 2 }) }),
      });
      return { options: { db }, close: () => db.destroy() };
    }),
  ];
}

/** What a storage is opened on; closed when it is not needed any more. */
interface Connected {
  readonly options: Options;
  close(): Promise<void>;
}

/** A storage in a database that no other one uses meanwhile. */
function initializer<Module extends Closable>(
  name: string,
  create: (options: Options) => Module,
  connect: (url: string) => Connected,
): BackendInitializer<Module> {
  const databases = new Places(newDatabase);
  return {
    name,
    async create() {
      const database = await databases.take();
      const { options, close } = connect(database.url);
      const open = () => create(options);
      const module = open();
      return {
        module,
        async destroy() {
          await module.shutdown();
          await close();
          await databases.giveBack(database);
        },
        reopen: async () => open(),
      };
    },
  };
}

async function newDatabase(): Promise<Place & { readonly url: string }> {
  const { url, drop } = await createDatabase(await (server ??= requiredUrl()));
  let emptyAll: string | undefined;
  return {
    url,
    empty: async () => {
      emptyAll ??= await emptyingOf(url);
      if (emptyAll !== undefined) await query(url, emptyAll);
    },
    remove: drop,
  };
}

/**
 * What takes every row out of the tables of a database, but for what they say of themselves: at once, which is one wait for the
 * disk. Undefined where there are no tables yet.
 */
async function emptyingOf(url: string): Promise<string | undefined> {
  const tables = await query(
    url,
    "select table_name as name from information_schema.tables where table_schema = database() and table_name not like '%meta'",
  );
  if (tables.length === 0) return undefined;
  return ["start transaction", ...tables.map(({ name }) => `delete from \`${String(name)}\``), "commit"].join(
    "; ",
  );
}

async function requiredUrl(): Promise<string> {
  const url = await mysqlUrl();
  if (url === undefined) throw new Error(ABSENT);
  return url;
}
