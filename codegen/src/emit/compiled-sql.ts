import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { MigrationDialect } from "@gati-framework/storage-kit/sql";
import { createJiti } from "jiti";

interface CompiledQuery {
  readonly sql: string;
}

/** What the emitted SQL modules export, as far as documentation needs it. */
interface Dialect {
  readonly builder: unknown;
  readonly through: unknown;
  readonly migration: MigrationDialect;
  readonly create: readonly string[];
  readonly writers: Readonly<
    Record<string, { readonly single: CompiledQuery; readonly batch: CompiledQuery | null }>
  >;
}

type Queries = Readonly<Record<string, CompiledQuery | readonly CompiledQuery[]>>;

/** `dialect.ts` of a backend with an SQL of its own. */
interface OwnDialectModule {
  createDialect(prefix: string): Dialect;
}

interface SqlModules {
  buildQueries(db: unknown, names: unknown, through: unknown): Queries;
  sqliteQueries(names: unknown): Queries;
  tableNames(prefix: string): unknown;
  sqliteDialect(prefix: string): Dialect;
  postgresDialect(schema: string, prefix: string): Dialect;
}

/** The SQL of one dialect, as the emitted code itself builds it. */
export interface CompiledSql {
  /** Query name to SQL; several statements are joined. */
  readonly queries: ReadonlyMap<string, string>;
  /** Entity to the SQL that stores its rows. */
  readonly writers: ReadonlyMap<string, { readonly single: string; readonly batch: string | null }>;
  /** The statements that create everything. */
  readonly create: readonly string[];
  /** What upgrades its tables. */
  readonly migration: MigrationDialect;
}

/** Emitted code: file name without extension to text. */
export type EmittedModules = ReadonlyMap<string, string>;

/** What has SQL in it. */
export interface SqlSources {
  /** The package of the `sql` unit. */
  readonly packageName: string;
  /** Its folder, which others of a plain folder import it by. */
  readonly folder: string;
  readonly modules: EmittedModules;
  /** The modules of each backend that has an SQL of its own, by its id. */
  readonly own: ReadonlyMap<string, EmittedModules>;
}

/**
 * Runs the emitted modules of the `sql` unit, and those of backends with an SQL of their own, and asks them for their SQL, so that
 * what is documented is what is run.
 *
 * @returns the SQL of `sqlite` and `postgres`, and of each such backend by its id
 */
export async function compileSql(
  { packageName, folder: unitFolder, modules, own }: SqlSources,
  prefix: string,
): Promise<ReadonlyMap<string, CompiledSql>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "storage-codegen-"));
  try {
    writeModules(folder, modules);
    const shared = ["queries", "tables", "sqlite", "postgres"];
    // What backends import of the unit to build their SQL; its entry would bring the storage along.
    const entry = path.join(folder, "pure.ts");
    fs.writeFileSync(entry, shared.map((name) => `export * from "./${name}.js";\n`).join(""));
    const backends = path.join(folder, "backends");
    writeModules(path.join(backends, unitFolder), new Map([["index", 'export * from "../../pure.js";\n']]));
    const load = createLoader({ [packageName]: entry });
    const emitted = (await load(entry)) as SqlModules;
    const names = emitted.tableNames(prefix);
    const compile = (dialect: Dialect, queries: Queries): CompiledSql => ({
      queries: new Map(
        Object.entries(queries).map(([name, query]) => [
          name,
          "sql" in query ? query.sql : query.map((part) => part.sql).join(";\n"),
        ]),
      ),
      writers: new Map(
        Object.entries(dialect.writers).map(([name, { single, batch }]) => [
          name,
          { single: single.sql, batch: batch?.sql ?? null },
        ]),
      ),
      create: dialect.create.map((statement) => statement.replaceAll(/\s+/g, " ")),
      migration: dialect.migration,
    });
    const compileDialect = (dialect: Dialect): CompiledSql =>
      compile(dialect, emitted.buildQueries(dialect.builder, names, dialect.through));
    const compiled = new Map([
      ["sqlite", compile(emitted.sqliteDialect(prefix), emitted.sqliteQueries(names))],
      ["postgres", compileDialect(emitted.postgresDialect("public", prefix))],
    ]);
    for (const [id, backendModules] of own) {
      const home = path.join(backends, id);
      writeModules(home, backendModules);
      // oxlint-disable-next-line no-await-in-loop -- there are few
      const { createDialect } = (await load(path.join(home, "dialect.ts"))) as OwnDialectModule;
      compiled.set(id, compileDialect(createDialect(prefix)));
    }
    return compiled;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function writeModules(folder: string, modules: EmittedModules): void {
  for (const [name, code] of modules) {
    const file = path.join(folder, `${name}.ts`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, code);
  }
}

function createLoader(alias: Readonly<Record<string, string>>): (file: string) => Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    // Modules of one run are one: the next run has a folder of its own.
    moduleCache: true,
    alias: {
      ...alias,
      kysely: resolvedPath("kysely"),
      "@gati-framework/storage-kit/sql": resolvedPath("@gati-framework/storage-kit/sql"),
      "@gati-framework/storage-kit": resolvedPath("@gati-framework/storage-kit"),
    },
  });
  return (file) => jiti.import(file);
}

function resolvedPath(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}
