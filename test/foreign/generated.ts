import path from "node:path";

import type {
  BackendInitializer,
  ComparedInitializer,
  ConformanceCase,
  DifferentialOptions,
  DifferentialReport,
  DynamicContract,
  DynamicModule,
} from "@gati-framework/storage-kit/testing";

import { type ForeignSpec, generatedFolder } from "./specs.js";

/** What the test package of a foreign spec offers, whatever the spec. */
export interface ForeignTesting {
  conformance(initializer: BackendInitializer<DynamicModule>): ConformanceCase[];
  differential(
    options: DifferentialOptions<DynamicContract> & {
      readonly subject: ComparedInitializer<DynamicContract>;
      readonly refused?: boolean;
    },
  ): Promise<DifferentialReport>;
}

/** A factory of a foreign spec's storages. */
type Factory = (options?: object) => DynamicModule;

/** The test package of a foreign spec. */
export async function foreignTesting(spec: ForeignSpec): Promise<ForeignTesting> {
  return (await load(spec, `${spec}-testing`)) as unknown as ForeignTesting;
}

/** The factory that a unit exports, such as `createSqlJsJournal` of `journal-sqljs`. */
export async function foreignFactory(spec: ForeignSpec, unit: string, stem: string): Promise<Factory> {
  const exports = await load(spec, unit === "" ? spec : `${spec}-${unit}`);
  return exports[`create${stem}${spec.charAt(0).toUpperCase()}${spec.slice(1)}`] as Factory;
}

async function load(spec: ForeignSpec, unit: string): Promise<Record<string, unknown>> {
  return (await import(path.join(generatedFolder(spec), unit, "index.ts"))) as Record<string, unknown>;
}
