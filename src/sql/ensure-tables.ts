import { StorageError } from "../errors.js";
import type { SqlExecutor, Statement } from "./executor.js";

/** What a schema of tables says of itself. */
export interface TablesFacts {
  /** The backend's name in errors. */
  readonly backend: string;
  /** One row, whose `found` tells whether the meta table is there. */
  readonly findMeta: Statement;
  /** Rows of `name` and `value`, with `schema_version` among them. */
  readonly readMeta: Statement;
  /** Creates every table, in one transaction; safe when many processes do the same at once (rule S15). */
  readonly create: readonly string[];
  /** The version that this code knows. */
  readonly version: number;
  /** Whether missing tables are created (`auto`), refused (`verify`), or not looked for (`off`). */
  readonly migrate: "auto" | "verify" | "off";
}

/** Makes sure that the tables are there and of this version; refuses newer ones untouched (rule S15). */
export async function ensureTables(executor: SqlExecutor, facts: TablesFacts): Promise<void> {
  if (facts.migrate === "off") return;
  if (!(await areThere(executor, facts))) {
    if (facts.migrate === "verify") throw missing(facts.backend);
    await create(executor, facts);
  }
  const rows = await executor.read(facts.readMeta, []);
  const version = Number(rows.find((item) => item["name"] === "schema_version")?.["value"]);
  if (version !== facts.version) throw mismatch(facts, version);
}

async function areThere(executor: SqlExecutor, { findMeta }: TablesFacts): Promise<boolean> {
  const [row] = await executor.read(findMeta, []);
  return Boolean(row?.["found"]);
}

async function create(executor: SqlExecutor, facts: TablesFacts): Promise<void> {
  try {
    await executor.write(facts.create.map((sql) => ({ statement: { name: "", sql }, values: [] })));
  } catch (error) {
    // Somebody else may have been quicker, or may have been waited for in vain.
    if (!(await areThere(executor, facts).catch(() => false))) throw error;
  }
}

function missing(backend: string): StorageError {
  return new StorageError(`${backend}: the tables are missing, and \`migrate\` forbids to create them`, {
    code: "SCHEMA_MISMATCH",
    backend,
    hint: "Open it once with `migrate: 'auto'`, as a role that may create tables.",
  });
}

function mismatch({ backend, version }: TablesFacts, found: number): StorageError {
  return new StorageError(
    Number.isNaN(found)
      ? `${backend}: the tables tell no schema version, and this release knows version ${version}`
      : `${backend}: the tables have schema version ${found}, and this release knows version ${version}`,
    { code: "SCHEMA_MISMATCH", backend, hint: "Use the release that wrote them, or a later one." },
  );
}
