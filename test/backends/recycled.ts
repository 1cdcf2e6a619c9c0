import type { StorageCapabilities } from "@gati-framework/storage-kit";
import type { BackendInitializer } from "@gati-framework/storage-kit/testing";

/** An initializer that makes one storage and empties it for each use: opening one on a server takes longer than using it. */
export interface Recycled<Module> extends BackendInitializer<Module> {
  /** Removes the storage. */
  dispose(): Promise<void>;
}

/** As much of a module as this needs, whatever its schema. */
interface Recyclable {
  readonly capabilities: StorageCapabilities;
  /** A contract, which has `clear()`. */
  readonly exports: object;
}

/** For storages on a server; local ones are made anew, which costs nothing. */
export function recycled<Module extends Recyclable>(
  initializer: BackendInitializer<Module>,
): Recycled<Module> {
  let first: ReturnType<BackendInitializer<Module>["create"]> | undefined;
  return {
    name: initializer.name,
    async create() {
      const created = await (first ??= initializer.create());
      const { shared, opensSynchronously } = created.module.capabilities;
      if (!shared || opensSynchronously) {
        first = undefined;
        return created;
      }
      await (created.module.exports as { clear(): Promise<void> }).clear();
      return { ...created, destroy: async () => {} };
    },
    async dispose() {
      await (await first)?.destroy();
    },
  };
}
