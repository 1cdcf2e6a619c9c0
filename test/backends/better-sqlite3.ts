import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import type { StorageInitializer } from "@gati-framework/storage-testing";

export const betterSqliteMemory: StorageInitializer = {
  name: "better-sqlite3-memory",
  async create() {
    const module = createBetterSqliteStorage({ filename: ":memory:" });
    return { module, destroy: () => module.shutdown() };
  },
};

export const betterSqliteFile: StorageInitializer = {
  name: "better-sqlite3-file",
  async create() {
    const folder = await mkdtemp(join(tmpdir(), "gati-storage-"));
    const filename = join(folder, "storage.db");
    const module = createBetterSqliteStorage({ filename });
    return {
      module,
      async destroy() {
        await module.shutdown();
        await rm(folder, { recursive: true });
      },
      reopen: async () => createBetterSqliteStorage({ filename }),
    };
  },
};
