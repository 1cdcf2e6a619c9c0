import Database from "better-sqlite3";
import type { StorageStats } from "@gati-framework/storage";
import { tableNames } from "@gati-framework/storage-sql";

export { expectRefusal, refusal } from "../support/calls.js";
export { doc, manifest } from "../support/documents.js";

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
