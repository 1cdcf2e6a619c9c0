import type { BackendInitializer, DynamicModule } from "@gati-framework/storage-kit/testing";

import { foreignBackend } from "../backends.js";
import type { ForeignDefect } from "./make.js";

/** In-memory storages with the defect. */
export async function broken(defect: ForeignDefect): Promise<BackendInitializer<DynamicModule>> {
  const inMemory = await foreignBackend(defect.spec, "in-memory");
  return {
    name: defect.name,
    async create() {
      const { module, ...rest } = await inMemory.create();
      return { module: defect.break(module), ...rest };
    },
  };
}
