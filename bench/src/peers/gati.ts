import { createInMemoryStorage, type StorageContract } from "@gati-framework/runtime";

/** Gati's own store, as it is: it keeps and hands out the caller's objects. */
export const GATI = "Gati's store, by reference";
/** Gati's own store, made as isolated as ours (rule S5). */
export const GATI_CLONING = "Gati's store with structuredClone";

export const gatiStore = (): StorageContract => createInMemoryStorage();

/** The methods that are measured, with `structuredClone` on the way in and out. */
export function cloningGatiStore() {
  const store = createInMemoryStorage();
  return {
    storeManifest: (manifest: Parameters<StorageContract["storeManifest"]>[0]) =>
      store.storeManifest(structuredClone(manifest)),
    getManifest: async (id: string, version?: string) =>
      structuredClone(await store.getManifest(id, version)),
    getAllManifestVersions: async (id: string) => structuredClone(await store.getAllManifestVersions(id)),
    storeTransformer: (transformer: Parameters<StorageContract["storeTransformer"]>[0]) =>
      store.storeTransformer(structuredClone(transformer)),
    getTransformersForVersions: async (id: string, from: string, to: string) =>
      structuredClone(await store.getTransformersForVersions(id, from, to)),
  } satisfies Partial<StorageContract>;
}
