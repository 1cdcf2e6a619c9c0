import { createInMemoryStorage } from "@gati-framework/storage";
import type { BackendInitializer } from "@gati-framework/storage-kit/testing";

import type { Closable } from "./closable.js";

export const inMemory = inMemoryOf(createInMemoryStorage);

/** Storages of any schema. */
export function inMemoryOf<Module extends Closable>(create: () => Module): BackendInitializer<Module> {
  return {
    name: "in-memory",
    async create() {
      const module = create();
      return { module, destroy: () => module.shutdown() };
    },
  };
}
