import { StorageError } from "../errors.js";
import type { ResultRow, SqlExecutor, Statement } from "./executor.js";
import type { MigrationDialect } from "./migrations/dialect.js";
import { runUpgrade, type UpgradeFacts } from "./migrations/run-upgrade.js";
import { runStepsLater } from "./migrations/steps.js";
import type { Upgrade } from "./migrations/upgrade.js";
import { isUpgradeNeeded, versionsOf } from "./migrations/versions.js";

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
  /** How the tables of earlier versions, by version, become those of this one. */
  readonly upgrades: Readonly<Record<number, Upgrade>>;
  readonly migration: MigrationDialect;
  /** Whether what is missing is created (`auto`), refused (`verify`), or not looked for (`off`). */
  readonly migrate: "auto" | "verify" | "off";
}

/** Makes sure that the tables are there and of this version; refuses newer ones untouched (rule S15). */
export async function ensureTables(executor: SqlExecutor, facts: TablesFacts): Promise<void> {
  if (facts.migrate === "off") return;
  if (!(await areThere(executor, facts))) {
    if (facts.migrate === "verify") throw missing(facts.backend);
    await create(executor, facts);
  }
  const schema = { ...facts, where: "the tables", dialect: facts.migration };
  const readMeta = (): Promise<readonly ResultRow[]> => executor.read(facts.readMeta, []);
  if (isUpgradeNeeded(schema, versionsOf(await readMeta()))) await upgrade(executor, schema, readMeta);
}

/** How often an upgrade is tried that gave way to somebody else's transaction. */
const ATTEMPTS = 5;

async function upgrade(
  executor: SqlExecutor,
  facts: UpgradeFacts,
  readMeta: () => Promise<readonly ResultRow[]>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      return await executor.transaction((run) =>
        runStepsLater(runUpgrade(facts), ({ sql, values }) => run(sql, values)),
      );
    } catch (error) {
      // Somebody else may have been quicker; or it was ours, and only the answer got lost.
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      const rows = await readMeta().catch(() => undefined);
      if (rows !== undefined && !isUpgradeNeeded(facts, versionsOf(rows))) return;
      if (attempt === ATTEMPTS || !StorageError.is(error) || error.code !== "BUSY") throw error;
    }
  }
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
