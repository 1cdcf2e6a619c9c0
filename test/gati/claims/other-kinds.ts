import type { ManifestStore } from "@gati-framework/runtime";
import { beforeEach, describe, expect, it } from "vitest";
import { gtype, hookManifest, timescape, transformer, versionGraph } from "../documents.js";

/** Claims on all kinds but handler manifests; `newest` is the store of the running test. */
export function claimOtherKinds(newest: () => ManifestStore): void {
  let store: ManifestStore;
  beforeEach(() => {
    store = newest();
  });

  describe("GTypes", () => {
    it("are found by their reference, with all that is nested in them", async () => {
      await store.storeGType(gtype());
      expect(await store.getGType("PlaceOrder")).toStrictEqual(gtype());
    });

    it("can be unions of others", async () => {
      const union = gtype({ ref: "Either", kind: "union", types: [gtype(), gtype({ ref: "Other" })] });
      await store.storeGType(union);
      expect(await store.getGType("Either")).toStrictEqual(union);
    });

    it("miss with undefined (S7)", async () => {
      expect(await store.getGType("PlaceOrder")).toBeUndefined();
    });

    it("replace an earlier one of the same reference", async () => {
      await store.storeGType(gtype());
      await store.storeGType(gtype({ description: "new" }));
      expect((await store.getGType("PlaceOrder"))?.description).toBe("new");
      expect(store.getStats().gtypeCount).toBe(1);
    });
  });

  describe("transformers", () => {
    it("are found by id", async () => {
      await store.storeTransformer(transformer());
      expect(await store.getTransformer("t1")).toStrictEqual(transformer());
    });

    it("miss with undefined (S7)", async () => {
      expect(await store.getTransformer("t1")).toBeUndefined();
    });

    it("are listed for a handler and a pair of versions, as they were stored (S6)", async () => {
      await store.storeTransformer(transformer({ id: "z" }));
      await store.storeTransformer(transformer({ id: "other pair", toVersion: "3.0.0" }));
      await store.storeTransformer(
        transformer({ id: "way back", fromVersion: "2.0.0", toVersion: "1.0.0", direction: "backward" }),
      );
      await store.storeTransformer(transformer({ id: "other handler", handlerId: "order.cancel" }));
      await store.storeTransformer(transformer({ id: "a" }));
      const found = await store.getTransformersForVersions("order.place", "1.0.0", "2.0.0");
      expect(found.map(({ id }) => id)).toEqual(["z", "a"]);
    });

    it("are an empty list for a pair without any (S7)", async () => {
      await store.storeTransformer(transformer());
      expect(await store.getTransformersForVersions("order.place", "2.0.0", "1.0.0")).toEqual([]);
    });

    it("move to another pair when they are stored again with it", async () => {
      await store.storeTransformer(transformer());
      await store.storeTransformer(transformer({ toVersion: "3.0.0" }));
      expect(await store.getTransformersForVersions("order.place", "1.0.0", "2.0.0")).toEqual([]);
      expect(await store.getTransformersForVersions("order.place", "1.0.0", "3.0.0")).toHaveLength(1);
    });
  });

  describe("version graphs", () => {
    it("are found by handler", async () => {
      await store.storeVersionGraph(versionGraph());
      expect(await store.getVersionGraph("order.place")).toStrictEqual(versionGraph());
    });

    it("miss with undefined (S7)", async () => {
      expect(await store.getVersionGraph("order.place")).toBeUndefined();
    });

    it("are replaced as they grow", async () => {
      const grown = versionGraph({
        versions: [
          ...versionGraph().versions,
          {
            version: "2.0.0",
            manifestHash: "h2",
            deployedAt: 2000,
            active: true,
            parent: "1.0.0",
            breaking: true,
            transformers: [{ to: "1.0.0", transformerId: "t2" }],
          },
        ],
        latestVersion: "2.0.0",
      });
      await store.storeVersionGraph(versionGraph());
      await store.storeVersionGraph(grown);
      expect(await store.getVersionGraph("order.place")).toStrictEqual(grown);
      expect(store.getStats().versionGraphCount).toBe(1);
    });
  });

  describe("Timescape metadata", () => {
    it("are found by handler and version", async () => {
      const measured = timescape({
        metrics: { requestCount: 7, errorRate: 0.125, avgLatency: 1.5, lastUpdated: 9 },
      });
      await store.storeTimescapeMetadata(measured);
      expect(await store.getTimescapeMetadata("order.place", "1.0.0")).toStrictEqual(measured);
    });

    it("of two versions are kept apart", async () => {
      await store.storeTimescapeMetadata(timescape());
      await store.storeTimescapeMetadata(timescape({ version: "2.0.0", fingerprint: "f2" }));
      expect((await store.getTimescapeMetadata("order.place", "1.0.0"))?.fingerprint).toBe("f1");
      expect((await store.getTimescapeMetadata("order.place", "2.0.0"))?.fingerprint).toBe("f2");
    });

    it("miss with undefined (S7)", async () => {
      await store.storeTimescapeMetadata(timescape());
      expect(await store.getTimescapeMetadata("order.place", "2.0.0")).toBeUndefined();
      expect(await store.getTimescapeMetadata("order.cancel", "1.0.0")).toBeUndefined();
    });
  });

  describe("hook manifests", () => {
    it("are found by handler", async () => {
      await store.storeHookManifest(hookManifest());
      expect(await store.getHookManifest("order.place")).toStrictEqual(hookManifest());
    });

    it("miss with null, unlike all others (S7)", async () => {
      expect(await store.getHookManifest("order.place")).toBeNull();
    });

    it("are listed as they were first stored, and the list can be empty (S6)", async () => {
      expect(await store.listHookManifests()).toEqual([]);
      await store.storeHookManifest(hookManifest({ handlerId: "z" }));
      await store.storeHookManifest(hookManifest({ handlerId: "a" }));
      await store.storeHookManifest(hookManifest({ handlerId: "z", version: "2.0.0" }));
      const listed = await store.listHookManifests();
      expect(listed.map(({ handlerId, version }) => `${handlerId} ${version}`)).toEqual([
        "z 2.0.0",
        "a 1.0.0",
      ]);
    });
  });
}
