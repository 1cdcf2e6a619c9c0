import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import type { StorageInitializer } from "@gati-framework/storage-testing";

export const sqljs: StorageInitializer = {
  name: "sqljs",
  async create() {
    const module = createSqlJsStorage();
    return { module, destroy: () => module.shutdown() };
  },
};

export const sqljsFile = inFile("sqljs-file", false);
export const sqljsFileAutosave = inFile("sqljs-file-autosave", true);

function inFile(name: string, autoSave: boolean): StorageInitializer {
  return {
    name,
    async create() {
      const folder = await mkdtemp(join(tmpdir(), "gati-storage-"));
      const options = { filename: join(folder, "storage.db"), autoSave };
      const module = createSqlJsStorage(options);
      return {
        module,
        async destroy() {
          await module.shutdown();
          await rm(folder, { recursive: true });
        },
        reopen: async () => createSqlJsStorage(options),
      };
    },
  };
}
