import Database from "better-sqlite3";
import { StorageError, type StorageErrorCode } from "@gati-framework/storage-kit";
import type { StorageContract, StorageStats } from "@gati-framework/storage";
import { tableNames } from "@gati-framework/storage-sql";
import { expect } from "vitest";

/** Waits for a call to be refused, and returns the error: always a `StorageError` (rule S13). */
export async function refusal(call: () => unknown): Promise<StorageError> {
  let result: unknown;
  try {
    result = await call();
  } catch (error) {
    if (StorageError.is(error)) return error;
    throw new Error(`not a StorageError: ${String(error)}`, { cause: error });
  }
  throw new Error(`not refused, but answered ${JSON.stringify(result)}`);
}

export async function expectRefusal(call: () => unknown, code: StorageErrorCode): Promise<StorageError> {
  const error = await refusal(call);
  expect(error.code, error.message).toBe(code);
  return error;
}

/** A document cast to whatever a store method takes; the tests write only what they compare. */
export function doc<T>(value: object): T {
  return value as T;
}

export const manifest = (
  handlerId: string,
  version = "1",
  createdAt = 1,
  extra: object = {},
): Parameters<StorageContract["storeManifest"]>[0] => doc({ handlerId, version, createdAt, ...extra });

/** Counts of every table by SQLite itself, and its verdict on the file. */
export function inspectFile(filename: string, prefix = "gati_"): { check: unknown; counts: StorageStats } {
  const database = new Database(filename);
  try {
    const names = tableNames(prefix);
    const count = (table: string): number =>
      database.prepare(`select count(*) from "${table}"`).pluck().get() as number;
    return {
      check: database.pragma("integrity_check", { simple: true }),
      counts: {
        manifestCount: count(names.manifest),
        hookManifestCount: count(names.hookManifest),
        gtypeCount: count(names.gtype),
        transformerCount: count(names.transformer),
        versionGraphCount: count(names.versionGraph),
        timescapeMetadataCount: count(names.timescapeMetadata),
      },
    };
  } finally {
    database.close();
  }
}
