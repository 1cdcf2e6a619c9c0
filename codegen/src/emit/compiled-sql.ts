import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createJiti } from "jiti";

/** What the emitted SQL modules export, as far as documentation needs it. */
interface SqlModules {
  readonly buildQueries: (
    db: unknown,
    names: unknown,
  ) => Readonly<Record<string, CompiledQuery | CompiledQuery[]>>;
  readonly sqliteBuilder: () => unknown;
  readonly sqliteSchema: (prefix: string) => readonly string[];
  readonly tableNames: (prefix: string) => unknown;
}

interface CompiledQuery {
  readonly sql: string;
}

/** SQL as the emitted code itself builds it. */
export interface CompiledSql {
  /** Query name to SQL; several statements are joined. */
  readonly queries: ReadonlyMap<string, string>;
  /** The statements that create everything. */
  readonly schema: readonly string[];
}

/**
 * Runs the emitted modules of the `sql` unit and asks them for their SQL, so that what is documented is what is run.
 *
 * @param modules file name without extension to code, of one folder
 */
export async function compileSql(modules: ReadonlyMap<string, string>, prefix: string): Promise<CompiledSql> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "storage-codegen-"));
  try {
    for (const [name, code] of modules) fs.writeFileSync(path.join(folder, `${name}.ts`), code);
    const jiti = createJiti(import.meta.url, {
      fsCache: false,
      moduleCache: false,
      alias: {
        kysely: fileURLToPath(import.meta.resolve("kysely")),
        "@gati-framework/storage-kit/sql": fileURLToPath(
          import.meta.resolve("@gati-framework/storage-kit/sql"),
        ),
      },
    });
    const { buildQueries, sqliteBuilder, sqliteSchema, tableNames } = await jiti.import<SqlModules>(
      path.join(folder, "index.ts"),
    );
    const queries = Object.entries(buildQueries(sqliteBuilder(), tableNames(prefix))).map(
      ([name, query]): [string, string] => [
        name,
        Array.isArray(query) ? query.map((part) => part.sql).join(";\n") : query.sql,
      ],
    );
    return { queries: new Map(queries), schema: sqliteSchema(prefix) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
