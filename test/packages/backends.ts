/** A package with a storage in it, and how somebody opens one. */
export interface InstalledBackend {
  /** `@gati-framework/storage-sqljs` */
  readonly packageName: string;
  readonly factory: string;
  /** Its argument, as text; `$PORT` is a port that nothing listens on. */
  readonly options: string;
  /** The optional peer it opens its database with; null when it needs none. */
  readonly driver: string | null;
  /** Whether there is a database to be had without a server. */
  readonly opens: boolean;
}

export const BACKENDS: readonly InstalledBackend[] = [
  {
    packageName: "@gati-framework/storage",
    factory: "createInMemoryStorage",
    options: "",
    driver: null,
    opens: true,
  },
  {
    packageName: "@gati-framework/storage-better-sqlite3",
    factory: "createBetterSqliteStorage",
    options: `{ filename: "data/app.db" }`,
    driver: "better-sqlite3",
    opens: true,
  },
  {
    packageName: "@gati-framework/storage-sqljs",
    factory: "createSqlJsStorage",
    options: `{ filename: "data/app.db", autoSave: true }`,
    driver: "sql.js",
    opens: true,
  },
  {
    packageName: "@gati-framework/storage-postgres",
    factory: "createPostgresStorage",
    options: `{ connectionString: "postgres://nobody@127.0.0.1:$PORT/none" }`,
    driver: "pg",
    opens: false,
  },
];

export const DRIVERS = ["better-sqlite3", "sql.js", "pg"];
