import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type StorageModule, createInMemoryStorage } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { afterEach, beforeEach } from "vitest";

/** A backend to run every test of this folder against. */
export interface Backend {
  readonly name: string;
  /** A storage that keeps what it keeps on disk in `folder`. */
  create(folder: string): StorageModule;
}

export const backends: readonly Backend[] = [
  { name: "in-memory", create: () => createInMemoryStorage() },
  {
    name: "better-sqlite3",
    create: (folder) => createBetterSqliteStorage({ filename: path.join(folder, "storage.db") }),
  },
];

/** What a test finds: made before it, and removed after it. */
export interface Fixture {
  folder: string;
  module: StorageModule;
}

/** A new folder and a new storage for each test of the surrounding `describe`. */
export function useStorage(backend: Backend): Fixture {
  const fixture = {} as Fixture;
  beforeEach(() => {
    fixture.folder = mkdtempSync(path.join(tmpdir(), "gati-test-"));
    fixture.module = backend.create(fixture.folder);
  });
  afterEach(async () => {
    await fixture.module.shutdown();
    rmSync(fixture.folder, { recursive: true, force: true });
  });
  return fixture;
}
