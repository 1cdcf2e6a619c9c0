import type { ManifestStore } from "@gati-framework/runtime";
import { beforeEach, describe, expect, it } from "vitest";
import { manifest } from "../documents.js";

/** Claims on handler manifests; `newest` is the store of the running test. */
export function claimHandlerManifests(newest: () => ManifestStore): void {
  let store: ManifestStore;
  beforeEach(() => {
    store = newest();
  });

  describe("handler manifests", () => {
    it("are found by handler and version", async () => {
      await store.storeManifest(manifest());
      expect(await store.getManifest("order.place", "1.0.0")).toStrictEqual(manifest());
    });

    it("are found in their latest version, which is the last created, not the last stored (S6)", async () => {
      await store.storeManifest(manifest({ version: "1.1.0", createdAt: 3000 }));
      await store.storeManifest(manifest({ version: "2.0.0", createdAt: 2000 }));
      expect((await store.getManifest("order.place"))?.version).toBe("1.1.0");
      expect((await store.getManifest("order.place", ""))?.version).toBe("1.1.0");
    });

    it("created at one time: the latest is the one stored first (S6)", async () => {
      await store.storeManifest(manifest({ version: "b" }));
      await store.storeManifest(manifest({ version: "a" }));
      await store.storeManifest(manifest({ version: "b", hash: "h9" }));
      expect(await store.getManifest("order.place")).toMatchObject({ version: "b", hash: "h9" });
    });

    it("miss with undefined, of a handler and of a version (S7)", async () => {
      await store.storeManifest(manifest());
      expect(await store.getManifest("order.cancel")).toBeUndefined();
      expect(await store.getManifest("order.place", "9.9.9")).toBeUndefined();
    });

    it("are listed with all versions, the oldest first (S6)", async () => {
      await Promise.all(
        [3000, 1000, 2000].map((createdAt) =>
          store.storeManifest(manifest({ version: `v${createdAt}`, createdAt })),
        ),
      );
      const versions = await store.getAllManifestVersions("order.place");
      expect(versions.map(({ version }) => version)).toEqual(["v1000", "v2000", "v3000"]);
    });

    it("are an empty list for an unknown handler (S7)", async () => {
      expect(await store.getAllManifestVersions("order.place")).toEqual([]);
    });

    it("replace an earlier one of the same version", async () => {
      await store.storeManifest(manifest());
      await store.storeManifest(manifest({ hash: "h9", policies: {} }));
      expect(await store.getAllManifestVersions("order.place")).toStrictEqual([
        manifest({ hash: "h9", policies: {} }),
      ]);
      expect(store.getStats().manifestCount).toBe(1);
    });

    it("of several handlers are kept apart", async () => {
      await store.storeManifest(manifest());
      await store.storeManifest(manifest({ handlerId: "order.cancel", hash: "h9" }));
      expect((await store.getManifest("order.place"))?.hash).toBe("h1");
      expect((await store.getManifest("order.cancel"))?.hash).toBe("h9");
    });

    it("can be stored all at once", async () => {
      const all = Array.from({ length: 25 }, (_, index) =>
        manifest({ version: `${index}`, createdAt: index }),
      );
      await Promise.all(all.map((each) => store.storeManifest(each)));
      expect(await store.getAllManifestVersions("order.place")).toStrictEqual(all);
    });
  });
}
