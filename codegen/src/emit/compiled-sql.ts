import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createJiti } from "jiti";

interface CompiledQuery {
  readonly sql: string;
}

/** What the emitted SQL modules export, as far as documentation needs it. */
interface Dialect {
  readonly builder: unknown;
  readonly create: readonly string[];
  readonly writers: Readonly<
    Record<string, { readonly single: CompiledQuery; readonly batch: CompiledQuery | null }>
  >;
}

type Queries = Readonly<Record<string, CompiledQuery | readonly CompiledQuery[]>>;

interface SqlModules {
  buildQueries(db: unknown, names: unknown): Queries;
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
}

/**
 * Runs the emitted modules of the `sql` unit and asks them for their SQL, so that what is documented is what is run.
 *
 * @param modules file name without extension to code, of one folder
 */
export async function compileSql(
  modules: ReadonlyMap<string, string>,
  prefix: string,
): Promise<Record<"sqlite" | "postgres", CompiledSql>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "storage-codegen-"));
  try {
    for (const [name, code] of modules) fs.writeFileSync(path.join(folder, `${name}.ts`), code);
    const emitted = await importModules(folder);
    const names = emitted.tableNames(prefix);
    const postgres = emitted.postgresDialect("public", prefix);
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
    });
    return {
      sqlite: compile(emitted.sqliteDialect(prefix), emitted.sqliteQueries(names)),
      postgres: compile(postgres, emitted.buildQueries(postgres.builder, names)),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function importModules(folder: string): Promise<SqlModules> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    alias: {
      kysely: resolvedPath("kysely"),
      "@gati-framework/storage-kit/sql": resolvedPath("@gati-framework/storage-kit/sql"),
    },
  });
  const parts = await Promise.all(
    ["queries", "tables", "sqlite", "postgres"].map((name) =>
      jiti.import<object>(path.join(folder, `${name}.ts`)),
    ),
  );
  return Object.assign({}, ...parts) as SqlModules;
}

function resolvedPath(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}
