import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { PGlite } from "@electric-sql/pglite";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { onTestFinished } from "vitest";

import { createDatabase, query as queryMysql, withoutClients } from "../mysql/server/server.js";
import { tempFolder } from "../faults/temp-folder.js";
import { PGliteDialect } from "../kysely/pglite-dialect.js";
import { query, type TestServer } from "../postgres/server/servers.js";
import type { AnyModule } from "./documents.js";
import type { SpecProject } from "./project.js";

/** One database that storages of different versions are opened on, one after the other. */
export interface Place {
  /** Options of the factory, as far as they are JSON. */
  readonly options: object;
  /** Everything else that the factory needs. */
  readonly live?: object;
  /** What the database itself says of tables, columns, constraints and indexes. */
  describe(): Promise<unknown>;
  /** Everything in it, byte for byte where it is a file. */
  contents(): Promise<unknown>;
  /** Runs statements of somebody else's, where names are those of the place. */
  run(sql: string): Promise<unknown>;
  /** Another database with the same in it, where the server makes one sooner than a storage would. */
  copy?(): Promise<Place>;
}

/** A backend whose databases are upgraded. */
export interface Target {
  readonly name: string;
  readonly unit: string;
  readonly factory: string;
  newPlace(): Promise<Place>;
}

type Factory = (options: object) => AnyModule;

/** Opens a storage of a checkout on a place; it is shut down when the running test ends, at the latest. */
export async function openStore(
  project: SpecProject,
  target: Target,
  checkout: string,
  place: Place,
  more: object = {},
): Promise<AnyModule> {
  const module = await project.load<Record<string, Factory>>(checkout, target.unit);
  const store = (module[target.factory] as Factory)({ ...place.options, ...place.live, ...more });
  onTestFinished(() => store.shutdown());
  return store;
}

function filePlace(): Place {
  const filename = path.join(tempFolder(), "shop.db");
  return {
    options: { filename },
    run: async (sql) => {
      const database = new Database(filename);
      database.exec(sql);
      database.close();
    },
    contents: async () => createHash("sha256").update(fs.readFileSync(filename)).digest("hex"),
    describe: async () => {
      const database = new Database(filename, { readonly: true });
      const schema = database
        .prepare("select type, name, tbl_name, sql from sqlite_schema order by type, name")
        .all() as { readonly type: string; readonly name: string; readonly sql: string | null }[];
      const version = database.pragma("user_version", { simple: true });
      const meta = database.prepare("select * from shop_meta order by name").all();
      const check = database.pragma("integrity_check", { simple: true });
      database.close();
      // The order of columns means nothing: every statement names them.
      return {
        schema: schema.map(({ sql, ...item }) => [item, sql?.split(", ").toSorted()]),
        version,
        meta,
        check,
      };
    },
  };
}

type Ask = (sql: string) => Promise<readonly object[]>;

async function describePostgres(ask: Ask, schema: string): Promise<unknown> {
  return {
    columns: await ask(
      `select table_name, column_name, data_type, is_nullable, collation_name, is_identity, identity_generation from information_schema.columns where table_schema = '${schema}' order by table_name, column_name`,
    ),
    indexes: await ask(`select indexdef from pg_indexes where schemaname = '${schema}' order by 1`),
    constraints: await ask(
      `select conname, pg_get_constraintdef(oid) as def from pg_constraint where connamespace = '${schema}'::regnamespace and contype <> 'n' order by 1`,
    ),
    relations: await ask(
      `select relname, relkind from pg_class where relnamespace = '${schema}'::regnamespace order by 1`,
    ),
    meta: await ask(`select name, value from "${schema}".shop_meta order by 1`),
  };
}

export const betterSqlite: Target = {
  name: "better-sqlite3",
  unit: "store-better-sqlite3",
  factory: "createBetterSqliteStore",
  newPlace: async () => filePlace(),
};

export const sqlJs: Target = {
  name: "sql.js",
  unit: "store-sqljs",
  factory: "createSqlJsStore",
  newPlace: async () => filePlace(),
};

export const postgres = ({ name, url }: TestServer): Target => ({
  name,
  unit: "store-postgres",
  factory: "createPostgresStore",
  newPlace: async () => {
    const schema = `test_${randomBytes(6).toString("hex")}`;
    onTestFinished(async () => {
      await query(url, `drop schema if exists "${schema}" cascade`);
    });
    return {
      options: { connectionString: url, schema },
      describe: () =>
        describePostgres((sql) => query(url, sql), schema).then((found) => plain(found, schema)),
      contents: () => contentsOf((sql) => query(url, sql), schema),
      run: (sql) => query(url, `set search_path to "${schema}"; ${sql}`),
    };
  },
});

export const mysql = (server: string): Target => ({
  name: "mysql",
  unit: "store-mysql",
  factory: "createMysqlStore",
  newPlace: () => mysqlPlace(server),
});

async function mysqlPlace(server: string, original?: string): Promise<Place> {
  const { name, url, drop } = await createDatabase(server);
  onTestFinished(drop);
  const ask: Ask = (sql) => queryMysql(url, sql);
  const tables = original === undefined ? [] : await tablesOfMysql(ask, `'${original}'`);
  for (const table of tables) {
    const from = `\`${original}\`.\`${table}\``;
    await ask(`create table \`${table}\` like ${from}; insert into \`${table}\` select * from ${from}`);
  }
  return {
    // Many thousands of reads at once wait for each other.
    options: { connectionString: url, poolSize: 2, timeout: 60_000, connectTimeout: 60_000 },
    describe: async () => {
      await withoutClients(server, name);
      return describeMysql(ask);
    },
    contents: () => contentsOfMysql(ask),
    run: ask,
    copy: () => mysqlPlace(server, name),
  };
}

/** Every table as the statement that creates it, and what the meta table says. */
async function describeMysql(ask: Ask): Promise<unknown> {
  const tables: unknown[] = [];
  for (const name of await tablesOfMysql(ask)) {
    const [table] = await ask(`show create table \`${name}\``);
    tables.push(Object.values(table ?? {}).map((text: string) => text.replace(/ AUTO_INCREMENT=\d+/, "")));
  }
  return { tables, meta: await ask("select cast(name as char) as name, value from shop_meta order by 1") };
}

/** Every row of every table, and when the table was created. */
async function contentsOfMysql(ask: Ask): Promise<unknown> {
  const contents: unknown[] = [];
  for (const name of await tablesOfMysql(ask)) {
    contents.push(
      await ask(
        `select table_name, create_time from information_schema.tables where table_schema = database() and table_name = '${name}'`,
      ),
      await ask(`select * from \`${name}\` order by 1`),
    );
  }
  return contents;
}

async function tablesOfMysql(ask: Ask, database = "database()"): Promise<string[]> {
  const found = await ask(
    `select table_name as name from information_schema.tables where table_schema = ${database} order by 1`,
  );
  return (found as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** It takes a second to start, so one of it serves all tests of a file. */
let shared: Promise<PGlite> | undefined;

export const pglite: Target = {
  name: "PGlite",
  unit: "store-sql",
  factory: "createKyselyStore",
  newPlace: async () => {
    const database = await (shared ??= PGlite.create());
    const schema = `test_${randomBytes(6).toString("hex")}`;
    onTestFinished(async () => {
      await database.exec(`drop schema if exists "${schema}" cascade`);
    });
    const db = new Kysely<never>({ dialect: new PGliteDialect(database) });
    const ask: Ask = async (sql) => (await database.query<object>(sql)).rows;
    return {
      options: { dialect: "postgres", schema },
      live: { db },
      describe: () => describePostgres(ask, schema).then((found) => plain(found, schema)),
      contents: () => contentsOf(ask, schema),
      run: (sql) => database.exec(`set search_path to "${schema}"; ${sql}; set search_path to default`),
    };
  },
};

/** Every row of every table, with what the server knows of when it was written. */
async function contentsOf(ask: Ask, schema: string): Promise<unknown> {
  const tables = (await ask(
    `select tablename as name from pg_tables where schemaname = '${schema}' order by 1`,
  )) as readonly { readonly name: string }[];
  const contents: unknown[] = [];
  for (const { name } of tables) {
    contents.push(
      name,
      await ask(`select xmin::text, item::text from "${schema}"."${name}" as item order by 2`),
    );
  }
  return contents;
}

/** Without the schema's name, which is another for each place. */
function plain(found: unknown, schema: string): unknown {
  return JSON.parse(JSON.stringify(found).replaceAll(schema, "schema"));
}
