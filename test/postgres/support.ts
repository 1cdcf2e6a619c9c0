import { randomBytes } from "node:crypto";

import type { StorageModule } from "@gati-framework/storage";
import { createPostgresStorage, type PostgresStorageOptions } from "@gati-framework/storage-postgres";
import { onTestFinished } from "vitest";

import { query } from "./server/servers.js";

export { expectRefusal, settles } from "../support/calls.js";
export { doc, gtype, manifest } from "../support/documents.js";
export { withUrl } from "../support/urls.js";

/** The name of a schema of the running test's own, dropped when it ends. The storage under test creates it. */
export function freshSchema(url: string): string {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  onTestFinished(async () => {
    await query(url, `drop schema if exists "${schema}" cascade`);
  });
  return schema;
}

/** A storage that is shut down when the running test ends. */
export function openPostgres(options: PostgresStorageOptions): StorageModule {
  const module = createPostgresStorage(options);
  onTestFinished(() => module.shutdown());
  return module;
}

/** SQL whose names that begin with `gati_` are of one schema. */
export const inSchema = (sql: string, schema: string): string =>
  sql.replaceAll(/\bgati_\w+/g, (name) => `"${schema}"."${name}"`);

/** Waits until a condition on the server holds, for ten seconds at most. */
export async function untilRows(url: string, sql: string, values: readonly unknown[] = []): Promise<void> {
  const deadline = performance.now() + 10_000;
  while ((await query(url, sql, values)).length === 0) {
    if (performance.now() > deadline) throw new Error(`no row within ten seconds: ${sql}`);
  }
}
