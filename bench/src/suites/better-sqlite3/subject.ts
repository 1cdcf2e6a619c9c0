import type { HandlerManifest } from "@gati-framework/storage";
import {
  type BetterSqliteStorageOptions,
  createBetterSqliteStorage,
} from "@gati-framework/storage-better-sqlite3";
import type { Synchronous } from "../../peers/sqlite-file.js";

export const SUBJECT = "@gati-framework/storage-better-sqlite3";

/** Ours, holding `rows`. */
export async function openSubject(
  file: string,
  synchronous: Synchronous,
  rows: readonly HandlerManifest[],
  cache: BetterSqliteStorageOptions["cache"] = false,
) {
  const module = createBetterSqliteStorage({
    filename: file,
    synchronous: synchronous === "FULL" ? "full" : "normal",
    cache,
  });
  await Promise.all(rows.map((row) => module.exports.storeManifest(row)));
  return { store: module.exports, close: () => module.shutdown() };
}
