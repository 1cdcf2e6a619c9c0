import type { ManifestStore } from "@gati-framework/runtime";
import { beforeEach, describe, expect, it } from "vitest";
import { gtype, hookManifest, manifest, timescape, transformer, versionGraph } from "../documents.js";

/** What an empty store counts. */
export const NOTHING = {
  manifestCount: 0,
  gtypeCount: 0,
  transformerCount: 0,
  versionGraphCount: 0,
  timescapeMetadataCount: 0,
  hookManifestCount: 0,
};

/** Claims on counting and clearing; `newest` is the store of the running test. */
export function claimWholeStore(newest: () => ManifestStore): void {
  let store: ManifestStore;
  beforeEach(() => {
    store = newest();
  });

  describe("the whole store", () => {
    it("starts empty", () => {
      expect(store.getStats()).toStrictEqual(NOTHING);
    });

    it("counts each kind, at once and without waiting (S10)", async () => {
      await storeOneOfEach(store);
      await store.storeManifest(manifest({ version: "2.0.0" }));
      await store.storeManifest(manifest({ handlerId: "order.cancel" }));
      expect(store.getStats()).toStrictEqual({
        manifestCount: 3,
        gtypeCount: 1,
        transformerCount: 1,
        versionGraphCount: 1,
        timescapeMetadataCount: 1,
        hookManifestCount: 1,
      });
    });

    it("forgets everything with clear(), and can be filled again (S9)", async () => {
      await storeOneOfEach(store);
      await store.clear();
      expect(store.getStats()).toStrictEqual(NOTHING);
      expect(await store.getManifest("order.place")).toBeUndefined();
      expect(await store.listHookManifests()).toEqual([]);
      expect(await store.getTransformersForVersions("order.place", "1.0.0", "2.0.0")).toEqual([]);
      await storeOneOfEach(store);
      expect(await store.getManifest("order.place")).toStrictEqual(manifest());
    });
  });
}

async function storeOneOfEach(store: ManifestStore): Promise<void> {
  await store.storeManifest(manifest());
  await store.storeHookManifest(hookManifest());
  await store.storeGType(gtype());
  await store.storeTransformer(transformer());
  await store.storeVersionGraph(versionGraph());
  await store.storeTimescapeMetadata(timescape());
}
