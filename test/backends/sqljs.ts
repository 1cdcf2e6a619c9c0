import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

import type { Closable } from "./closable.js";

type Create<Module> = (options: { filename?: string; autoSave?: boolean; cache?: boolean }) => Module;

export const [sqljs, sqljsFile, sqljsFileAutosave, sqljsCached] = sqlJsOf(createSqlJsStorage);

/**
 * Storages of any schema: in memory, in a file that is saved at shutdown, and in one that is saved at each write;
 * and in memory with a cache of documents.
 */
export function sqlJsOf<Module extends Closable>(
  create: Create<Module>,
): readonly [
  BackendInitializer<Module>,
  BackendInitializer<Module>,
  BackendInitializer<Module>,
  BackendInitializer<Module>,
] {
  return [
    inMemory("sqljs", create, {}),
    inFile("sqljs-file", create, false),
    inFile("sqljs-file-autosave", create, true),
    inMemory("sqljs-cached", create, { cache: true }),
  ];
}

function inMemory<Module extends Closable>(
  name: string,
  create: Create<Module>,
  options: { cache?: boolean },
): BackendInitializer<Module> {
  return {
    name,
    async create() {
      const module = create(options);
      return { module, destroy: () => module.shutdown() };
    },
  };
}

function inFile<Module extends Closable>(
  name: string,
  create: Create<Module>,
  autoSave: boolean,
): BackendInitializer<Module> {
  return {
    name,
    async create() {
      const folder = await mkdtemp(join(tmpdir(), "gati-storage-"));
      const options = { filename: join(folder, "storage.db"), autoSave };
      const module = create(options);
      return {
        module,
        async destroy() {
          await module.shutdown();
          await rm(folder, { recursive: true });
        },
        reopen: async () => create(options),
      };
    },
  };
}
