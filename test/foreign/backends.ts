import type { BackendInitializer, DynamicModule } from "@gati-framework/storage-kit/testing";

import { betterSqliteOf } from "../backends/better-sqlite3.js";
import { inMemoryOf } from "../backends/in-memory.js";
import { kyselyOf } from "../backends/kysely.js";
import { mysqlOf } from "../backends/mysql.js";
import { postgresOf } from "../backends/postgres.js";
import { sqlJsOf } from "../backends/sqljs.js";
import { foreignFactory } from "./generated.js";
import type { ForeignSpec } from "./specs.js";

type Initializer = BackendInitializer<DynamicModule>;

/** The configurations of each backend, by the unit that they come from. */
const UNITS: readonly ((spec: ForeignSpec) => Promise<readonly Initializer[]>)[] = [
  async (spec) => [inMemoryOf(await foreignFactory(spec, "", "InMemory"))],
  async (spec) => sqlJsOf(await foreignFactory(spec, "sqljs", "SqlJs")),
  async (spec) => betterSqliteOf(await foreignFactory(spec, "better-sqlite3", "BetterSqlite")),
  async (spec) => postgresOf(await foreignFactory(spec, "postgres", "Postgres")),
  async (spec) => mysqlOf(await foreignFactory(spec, "mysql", "Mysql")),
  async (spec) => kyselyOf(await foreignFactory(spec, "sql", "Kysely")),
];

/** A foreign spec's storages on every backend, under the names that Gati's have (see test/backends). */
export async function foreignBackends(spec: ForeignSpec): Promise<readonly Initializer[]> {
  return (await Promise.all(UNITS.map((initializers) => initializers(spec)))).flat();
}

/** A foreign spec's storages on one backend. */
export async function foreignBackend(spec: ForeignSpec, name: string): Promise<Initializer> {
  const backend = (await foreignBackends(spec)).find((each) => each.name === name);
  if (backend === undefined) throw new Error(`no foreign storage is called ${name}`);
  return backend;
}
