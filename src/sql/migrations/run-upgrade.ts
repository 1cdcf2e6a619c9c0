import type { MigrationDialect, StandIns } from "./dialect.js";
import { Faults, refuseObstacles } from "./faults.js";
import { refillTable } from "./refill.js";
import type { Steps } from "./steps.js";
import type { OldTable, RefilledTable, TableUpgrade, Upgrade } from "./upgrade.js";
import { isUpgradeNeeded, type SchemaFacts, versionsOf } from "./versions.js";

/** What upgrading needs to know. */
export interface UpgradeFacts extends SchemaFacts {
  readonly dialect: MigrationDialect;
  /** By the version that is left behind. */
  readonly upgrades: Readonly<Record<number, Upgrade>>;
}

/** An upgrade in statements that are known beforehand; between `prepare` and `finish` the stand-ins are filled. */
export interface PlannedUpgrade {
  /** Finds what is in the way of it; none where the database does not tell. */
  readonly obstacles: readonly string[];
  readonly prepare: readonly string[];
  readonly refills: readonly { readonly refill: RefilledTable; readonly standIn: string }[];
  readonly finish: readonly string[];
}

export function planUpgrade(dialect: MigrationDialect, upgrade: Upgrade): PlannedUpgrade {
  const named = (name: string): string => dialect.prefix + name;
  const { copy } = dialect;
  const built = upgrade.tables
    .filter((table) => table.kind !== "remove" && (table.kind !== "reindex" || copy !== null))
    .map((target, index) => ({ target, standIn: named(`migration_${index + 1}`) }));
  const refills = built.flatMap(({ target, standIn }) =>
    target.kind === "refill" ? [{ refill: target, standIn }] : [],
  );
  const copies = built.flatMap(({ target, standIn }) =>
    target.kind === "reindex" ? [{ ...target, standIn }] : [],
  );
  const changed = upgrade.tables.flatMap((table) =>
    table.kind === "add" ? [] : [table.kind === "refill" ? table.from : table],
  );
  const refilled = refills.map(({ refill }) => refill.from);
  const removed = upgrade.tables.filter((table) => table.kind === "remove");
  const dropped = [...refilled, ...copies, ...removed].map(({ table }) => named(table));
  const taken = built
    .flatMap(({ target, standIn }) => [standIn, named(target.table)])
    .filter((name) => !dropped.includes(name));
  const standIns: StandIns = Object.fromEntries(built.map(({ target, standIn }) => [target.entity, standIn]));
  return {
    obstacles: dialect.obstacles === undefined ? [] : [dialect.obstacles(taken, dropped)],
    prepare: [
      ...dialect.prepare(
        refilled.map(({ table }) => named(table)),
        changed.filter((old) => !refilled.includes(old as OldTable)).map(({ table }) => named(table)),
      ),
      ...changed.flatMap(({ table, indexes }) => dialect.dropIndexes(named(table), indexes.map(named))),
      ...dialect.create(standIns),
      ...copies.flatMap(({ entity, table, standIn }) => copy?.(entity, named(table), standIn) ?? []),
    ],
    refills,
    finish: [
      ...dialect.setVersion(upgrade.to, upgrade.readableFrom),
      ...dialect.replace(
        dropped,
        built.map(({ target, standIn }) => ({
          standIn,
          table: named(target.table),
          source: sourceOf(target, named),
        })),
      ),
      ...dialect.tidy,
    ],
  };
}

/** The table that a stand-in is filled from. */
function sourceOf(target: TableUpgrade, named: (name: string) => string): string | null {
  if (target.kind === "add") return null;
  return named(target.kind === "refill" ? target.from.table : target.table);
}

/**
 * Upgrades a database, within one transaction (rule S15). Looks again at its version first: whoever was waited for may have
 * upgraded it.
 *
 * @throws StorageError `SCHEMA_MISMATCH`, naming rows that do not fit, or what is in the way: before any old table was changed
 */
export function* runUpgrade(facts: UpgradeFacts): Steps<void> {
  const { dialect } = facts;
  yield* all(dialect.lock);
  const found = versionsOf(yield { sql: dialect.readMeta, values: [] });
  if (!isUpgradeNeeded(facts, found)) return;
  const upgrade = facts.upgrades[found.version];
  if (upgrade === undefined) {
    yield* all(dialect.tidy);
    return;
  }
  try {
    yield* build(facts, upgrade);
  } catch (error) {
    try {
      yield* all(dialect.tidy);
    } catch {
      // The next upgrade drops it. Why this one failed matters more.
    }
    throw error;
  }
}

function* build({ backend, where, dialect }: UpgradeFacts, upgrade: Upgrade): Steps<void> {
  const plan = planUpgrade(dialect, upgrade);
  for (const sql of plan.obstacles) refuseObstacles(backend, where, upgrade, yield { sql, values: [] });
  yield* all(plan.prepare);
  const faults = new Faults();
  for (const { refill, standIn } of plan.refills) yield* refillTable(dialect, refill, standIn, faults);
  faults.refuse(backend, upgrade.from, upgrade.to);
  yield* all(plan.finish);
}

function* all(statements: readonly string[]): Steps<void> {
  for (const sql of statements) yield { sql, values: [] };
}
