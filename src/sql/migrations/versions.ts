import { StorageError } from "../../errors.js";
import type { ResultRow } from "../executor.js";

/** What the meta table says. */
export interface FoundVersions {
  /** `NaN` where it says nothing. */
  readonly version: number;
  /** The oldest version whose code may use the database. */
  readonly readableFrom: number;
  /** Whether whoever upgraded it was killed before everything that is left over was dropped. */
  readonly isUntidy?: boolean;
}

/** Out of the meta table's rows of `name` and `value`. */
export function versionsOf(rows: readonly ResultRow[]): FoundVersions {
  const valueOf = (name: string): number => Number(rows.find((row) => row["name"] === name)?.["value"]);
  const version = valueOf("schema_version");
  const readableFrom = valueOf("readable_from");
  return {
    version,
    readableFrom: Number.isNaN(readableFrom) ? version : readableFrom,
    isUntidy: !Number.isNaN(valueOf("left_over")),
  };
}

/** What the code knows. */
export interface SchemaFacts {
  /** The backend's name in errors. */
  readonly backend: string;
  /** What errors call the database: `the tables`, or a file. */
  readonly where: string;
  readonly version: number;
  /** The versions that can be upgraded are its keys. */
  readonly upgrades: Readonly<Record<number, unknown>>;
  readonly migrate: "auto" | "verify" | "off";
}

/**
 * Whether a database has to be upgraded, or an upgrade to be finished, before it is used.
 *
 * @throws StorageError `SCHEMA_MISMATCH`, naming both versions, where it cannot be used, or where `migrate` forbids to upgrade it
 */
export function isUpgradeNeeded(facts: SchemaFacts, found: FoundVersions): boolean {
  const { version } = facts;
  if (found.version === version) return found.isUntidy === true && facts.migrate === "auto";
  if (found.version > version && found.readableFrom <= version) return false;
  if (!(found.version >= 1 && found.version < version)) throw unknownVersion(facts, found.version);
  if (facts.migrate === "off") return false;
  if (!Object.hasOwn(facts.upgrades, found.version)) throw tooOld(facts, found.version);
  if (facts.migrate === "verify") throw notUpgraded(facts, found.version);
  return true;
}

function unknownVersion({ backend, where, version, upgrades }: SchemaFacts, found: number): StorageError {
  const known = Object.keys(upgrades).length > 0 ? `versions up to ${version}` : `version ${version}`;
  const says = where.endsWith("s") ? ["have", "tell"] : ["has", "tells"];
  return mismatch(
    backend,
    Number.isNaN(found)
      ? `${where} ${says[1]} no schema version, and this release knows ${known}`
      : `${where} ${says[0]} schema version ${found}, and this release knows ${known}`,
    "Use the release that wrote it, or a later one.",
  );
}

function tooOld({ backend, where, version, upgrades }: SchemaFacts, found: number): StorageError {
  const [oldest] = Object.keys(upgrades)
    .map(Number)
    .toSorted((a, b) => a - b);
  return mismatch(
    backend,
    `${where}: schema version ${found}, and this release ${
      oldest === undefined ? `knows version ${version} only` : `upgrades from version ${oldest} on`
    }`,
    "Upgrade it with an earlier release first.",
  );
}

function notUpgraded({ backend, where, version }: SchemaFacts, found: number): StorageError {
  return mismatch(
    backend,
    `${where}: schema version ${found}, this release needs version ${version}, and \`migrate\` forbids to upgrade`,
    "Open it once with `migrate: 'auto'`, as a role that may create tables.",
  );
}

function mismatch(backend: string, message: string, hint: string): StorageError {
  return new StorageError(`${backend}: ${message}`, { code: "SCHEMA_MISMATCH", backend, hint });
}
