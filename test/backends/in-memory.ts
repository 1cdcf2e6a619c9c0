import { createInMemoryStorage } from "@gati-framework/storage";
import type { StorageInitializer } from "@gati-framework/storage-testing";

export const inMemory: StorageInitializer = {
  name: "in-memory",
  async create() {
    const module = createInMemoryStorage();
    return { module, destroy: () => module.shutdown() };
  },
};
