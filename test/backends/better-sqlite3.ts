import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import type { BackendInitializer } from "@gati-framework/storage-kit/testing";

import type { Closable } from "./closable.js";

type Create<Module> = (options: { filename: string; cache: boolean }) => Module;

export const [betterSqliteMemory, betterSqliteFile, betterSqliteMemoryCached, betterSqliteFileCached] =
  betterSqliteOf(createBetterSqliteStorage);

/** Storages of any schema: in memory, and each in a file of its own; and both with a cache of documents. */
export function betterSqliteOf<Module extends Closable>(
  create: Create<Module>,
): readonly [
  BackendInitializer<Module>,
  BackendInitializer<Module>,
  BackendInitializer<Module>,
  BackendInitializer<Module>,
] {
  return [
    inMemory("better-sqlite3-memory", create, false),
    inFile("better-sqlite3-file", create, false),
    inMemory("better-sqlite3-memory-cached", create, true),
    inFile("better-sqlite3-file-cached", create, true),
  ];
}

function inMemory<Module extends Closable>(
  name: string,
  create: Create<Module>,
  cache: boolean,
): BackendInitializer<Module> {
  return {
    name,
    async create() {
      const module = create({ filename: ":memory:", cache });
      return { module, destroy: () => module.shutdown() };
    },
  };
}

function inFile<Module extends Closable>(
  name: string,
  create: Create<Module>,
  cache: boolean,
): BackendInitializer<Module> {
  return {
    name,
    async create() {
      const folder = await mkdtemp(join(tmpdir(), "gati-storage-"));
      const filename = join(folder, "storage.db");
      const module = create({ filename, cache });
      return {
        module,
        async destroy() {
          await module.shutdown();
          await rm(folder, { recursive: true });
        },
        reopen: async () => create({ filename, cache }),
      };
    },
  };
}
