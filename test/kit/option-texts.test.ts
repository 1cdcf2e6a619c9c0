import { createInMemoryStorage } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { StorageError } from "@gati-framework/storage-kit";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { createKyselyStorage } from "@gati-framework/storage-sql";
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { expect, it } from "vitest";

const URLS = { postgres: "postgres://user@127.0.0.1/database", mysql: "mysql://user@127.0.0.1/database" };

const open = new Database(":memory:");
const closed = new Database(":memory:");
closed.close();
const db = new Kysely({ dialect: new SqliteDialect({ database: open }) });

/** Values that stand for themselves in a list of calls. */
const NAMED = new Map<unknown, string>([
  [open, "an open database"],
  [closed, "a closed database"],
  [db, "a Kysely"],
]);

type Factory = (options: never) => unknown;

/** What several backends take. */
const TIMEOUT = [{ timeout: 0 }, { timeout: 1.5 }, { timeout: "1s" }];
const TABLES = [{ tablePrefix: "9lives_" }, { tablePrefix: "sqlite_" }, { migrate: "later" }];
const FILES = ["", " ", " a.db", "a\0b", "file:a.db", ":temporary:", "data/", 7].map((filename) => ({
  filename,
}));

/** Every way to be refused, for each factory: no options, then wrong ones, in the order of the options. */
const REFUSED: readonly (readonly [factory: Factory, wrong: readonly unknown[]])[] = [
  [createInMemoryStorage, [[], "fast", { filename: "a.db" }]],
  [
    createSqlJsStorage,
    [
      ...FILES,
      { autoSave: "yes" },
      { autoSave: true },
      { locateFile: "sql.wasm" },
      { wasmBinary: "AGFzbQ==" },
      ...TABLES,
      { filname: "a.db" },
    ],
  ],
  [
    createBetterSqliteStorage,
    [
      undefined,
      ...FILES,
      { database: {} },
      { database: closed },
      { filename: "a.db", database: open },
      { database: open, synchronous: "normal" },
      { database: open, busyTimeout: 10 },
      { filename: "a.db", synchronous: "off" },
      { filename: "a.db", busyTimeout: -1 },
      ...TABLES,
      { file: "a.db" },
    ],
  ],
  [
    createPostgresStorage,
    [
      undefined,
      { connectionString: "mysql://host/database" },
      { connectionString: "postgres://user:%zz@host/database" },
      { connectionString: URLS.postgres, db },
      { pool: {} },
      { db: {} },
      { schema: "pg_mine" },
      ...TABLES,
      ...TIMEOUT,
      { connectTimeout: 0 },
      { poolSize: 0 },
      { connectionstring: URLS.postgres },
    ],
  ],
  [
    createMysqlStorage,
    [
      undefined,
      { connectionString: "postgres://host/database" },
      { connectionString: "mysql://host" },
      { connectionString: `${URLS.mysql}?multipleStatements=true` },
      { connectionString: URLS.mysql, db },
      { pool: {} },
      { db: {} },
      ...TABLES,
      ...TIMEOUT,
      { connectTimeout: 0 },
      { poolSize: 1001 },
      { password: "secret" },
    ],
  ],
  [
    createKyselyStorage,
    [
      { dialect: "sqlite" },
      { db: {}, dialect: "sqlite" },
      { db },
      { db, dialect: "mysql" },
      { schema: "My Schema" },
      ...TABLES,
      ...TIMEOUT,
      { dialekt: "sqlite" },
    ],
  ],
];

/** `vitest run -u` writes what is expected, for reading before committing. */
it("every option that cannot be meant is refused in words that help", async () => {
  const texts = REFUSED.flatMap(([factory, wrong]) => wrong.map((options) => refusalOf(factory, options)));
  await expect(`${texts.join("\n")}\n`).toMatchFileSnapshot("expected/options.txt");
});

function refusalOf(factory: Factory, options: unknown): string {
  const call = `${factory.name}(${options === undefined ? "" : shown(options)})`;
  try {
    factory(options as never);
  } catch (error) {
    if (!StorageError.is(error)) throw error;
    return `${call}\n  ${error.code} ${error.message}\n  ${error.hint}`;
  }
  throw new Error(`${call} is not refused`);
}

function shown(options: unknown): string {
  return JSON.stringify(options, (_, value: unknown) => NAMED.get(value) ?? value);
}
