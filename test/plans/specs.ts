import path from "node:path";

import { createInMemoryStorage } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import type { ContractFacts, DynamicModule } from "@gati-framework/storage-kit/testing";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import { createKyselyStorage } from "@gati-framework/storage-sql";

import { foreignFactory } from "../foreign/generated.js";
import { FOREIGN_SPECS, generatedFolder, type ForeignSpec } from "../foreign/specs.js";

type Factory = (options?: object) => DynamicModule;

/** A spec whose statements are looked at, and its storages. */
export interface PlannedSpec {
  readonly name: string;
  readonly facts: ContractFacts;
  readonly inMemory: Factory;
  readonly betterSqlite: Factory;
  /** PostgreSQL's and SQLite's statements, through a Kysely that tells them. */
  readonly kysely: Factory;
  readonly mysql: Factory;
}

const GATI_FACTS = path.resolve(import.meta.dirname, "../../generated/storage-testing/src/facts.ts");

/** Gati's, and the two that between them use everything that the language has. */
export async function plannedSpecs(): Promise<readonly PlannedSpec[]> {
  const gati: PlannedSpec = {
    name: "gati",
    facts: await factsOf(GATI_FACTS),
    inMemory: createInMemoryStorage as unknown as Factory,
    betterSqlite: createBetterSqliteStorage as unknown as Factory,
    kysely: createKyselyStorage as unknown as Factory,
    mysql: createMysqlStorage as unknown as Factory,
  };
  return [gati, ...(await Promise.all(FOREIGN_SPECS.map(foreign)))];
}

async function foreign(spec: ForeignSpec): Promise<PlannedSpec> {
  return {
    name: spec,
    facts: await factsOf(path.join(generatedFolder(spec), `${spec}-testing`, "facts.ts")),
    inMemory: await foreignFactory(spec, "", "InMemory"),
    betterSqlite: await foreignFactory(spec, "better-sqlite3", "BetterSqlite"),
    kysely: await foreignFactory(spec, "sql", "Kysely"),
    mysql: await foreignFactory(spec, "mysql", "Mysql"),
  };
}

async function factsOf(file: string): Promise<ContractFacts> {
  return ((await import(file)) as { facts: ContractFacts }).facts;
}
