import { randomBytes } from "node:crypto";

import { type StorageContract, StorageError, type StorageModule } from "@gati-framework/storage";
import { createPostgresStorage, type PostgresStorageOptions } from "@gati-framework/storage-postgres";
import { onTestFinished } from "vitest";

import { query } from "./server/servers.js";

export { doc, expectRefusal, manifest, refusal } from "../better-sqlite3/support.js";

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

export const gtype = (ref: string, extra: object = {}): Parameters<StorageContract["storeGType"]>[0] =>
  ({ ref, kind: "object", ...extra }) as Parameters<StorageContract["storeGType"]>[0];

/** A URL with another port, user or database. */
export function withUrl(url: string, change: (url: URL) => void): string {
  const changed = new URL(url);
  change(changed);
  return changed.href;
}

/** Waits until a condition on the server holds, for ten seconds at most. */
export async function untilRows(url: string, sql: string, values: readonly unknown[] = []): Promise<void> {
  const deadline = performance.now() + 10_000;
  while ((await query(url, sql, values)).length === 0) {
    if (performance.now() > deadline) throw new Error(`no row within ten seconds: ${sql}`);
  }
}

/**
 * Runs a call that something keeps waiting, and returns how it settles. That it does is for its own deadline to see to: nothing
 * else ends it before the test's.
 */
export async function settles<T>(call: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([call()]);
  return result;
}

/** Calls until it is answered: a deadline that is short for a test may be too short for a machine that is busy. */
export async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one call after the other
      return await call();
    } catch (error) {
      if (!StorageError.is(error) || error.code !== "TIMEOUT") throw error;
    }
  }
}
