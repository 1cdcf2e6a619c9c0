import { isDeepStrictEqual } from "node:util";
import type { ManifestStore } from "@gati-framework/runtime";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { gtype, manifest, transformer } from "../documents.js";
import { NOTHING } from "./whole-store.js";

const RUNS = { numRuns: 200 };

/** Claims on whatever may be stored; `newest` is the store of the running test. */
export function claimArbitraryContent(newest: () => ManifestStore): void {
  let store: ManifestStore;
  beforeEach(() => {
    store = newest();
  });

  describe("with arbitrary content (S4)", () => {
    const names = fc.stringMatching(/^[a-z][\w.-]{0,11}$/);

    it("manifests come back equal, by version and as the latest", async () => {
      await fc.assert(
        fc.asyncProperty(names, names, fc.string(), fc.double(), async (handlerId, version, path, limit) => {
          await store.clear();
          const written = manifest({
            handlerId,
            version,
            path,
            policies: { rateLimit: { limit, window: 1 } },
          });
          await store.storeManifest(written);
          same(await store.getManifest(handlerId, version), written);
          same(await store.getManifest(handlerId), written);
        }),
        RUNS,
      );
    });

    it("the latest is always the greatest createdAt", async () => {
      const times = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(times, async (createdAts) => {
          await store.clear();
          await Promise.all(
            createdAts.map((createdAt) =>
              store.storeManifest(manifest({ version: `v${createdAt}`, createdAt })),
            ),
          );
          expect((await store.getManifest("order.place"))?.createdAt).toBe(Math.max(...createdAts));
          const listed = await store.getAllManifestVersions("order.place");
          expect(listed.map(({ createdAt }) => createdAt)).toEqual(createdAts.toSorted((a, b) => a - b));
        }),
        RUNS,
      );
    });

    it("validators of a GType hold any value at all", async () => {
      await fc.assert(
        fc.asyncProperty(names, fc.anything(), async (ref, value) => {
          const written = gtype({ ref, validators: [{ type: "custom", value }] });
          await store.storeGType(written);
          same(await store.getGType(ref), written);
        }),
        RUNS,
      );
    });

    it("details of a transformer hold any value at all", async () => {
      await fc.assert(
        fc.asyncProperty(names, fc.anything(), async (id, details) => {
          const written = transformer({ id, transformations: [{ path: "a", type: "transform", details }] });
          await store.storeTransformer(written);
          same(await store.getTransformer(id), written);
          await store.clear();
        }),
        RUNS,
      );
    });

    it("the values that JSON would change come back as they are", async () => {
      const awkward = {
        numbers: [NaN, -0, Infinity, -Infinity],
        absent: undefined,
        gaps: [undefined, 1, null],
        hostile: JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as unknown,
        text: "NUL \0, half a pair \ud800",
      };
      const written = transformer({ transformations: [{ path: "a", type: "add", details: awkward }] });
      await store.storeTransformer(written);
      same(await store.getTransformer("t1"), written);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it("counts as many as there are keys", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(names, { maxLength: 8 }), async (refs) => {
          await store.clear();
          await Promise.all(refs.map((ref) => store.storeGType(gtype({ ref }))));
          expect(store.getStats()).toStrictEqual({ ...NOTHING, gtypeCount: new Set(refs).size });
        }),
        RUNS,
      );
    });
  });
}

/** Tells `-0` from `0`, an absent property from an undefined one, and sees own `__proto__` properties. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
  expect(isDeepStrictEqual(actual, expected)).toBe(true);
}
