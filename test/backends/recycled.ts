import type { StorageInitializer } from "@gati-framework/storage-testing";

/** An initializer that makes one storage and empties it for each use: creating tables on a server takes longer than using them. */
export interface Recycled extends StorageInitializer {
  /** Removes the storage. */
  dispose(): Promise<void>;
}

/** For storages on a server; local ones are made anew, which costs nothing. */
export function recycled(initializer: StorageInitializer): Recycled {
  let first: ReturnType<StorageInitializer["create"]> | undefined;
  return {
    name: initializer.name,
    async create() {
      const created = await (first ??= initializer.create());
      const { shared, opensSynchronously } = created.module.capabilities;
      if (!shared || opensSynchronously) {
        first = undefined;
        return created;
      }
      await created.module.exports.clear();
      return { ...created, destroy: async () => {} };
    },
    async dispose() {
      await (await first)?.destroy();
    },
  };
}
