import * as gati from "@gati-framework/runtime";
import { type ManifestStoreSource, StorageError, createManifestStore } from "@gati-framework/storage";
import { describe, expect, it } from "vitest";
import { backends, useStorage } from "./backends.js";
import { newContext, useQuietGati } from "./context.js";
import { manifest } from "./documents.js";

useQuietGati();

describe.each(backends)("manifest stores over $name", (backend) => {
  const fixture = useStorage(backend);

  it("can be Gati's own", async () => {
    const store = gati.createManifestStore(fixture.module.exports);
    await store.storeManifest(manifest());
    expect(await store.getManifest("order.place")).toEqual(manifest());
    expect(store.getStats()).toEqual(fixture.module.exports.getStats());
  });

  it("are found on a global context", () => {
    const gctx = newContext();
    gctx.modules["storage"] = fixture.module.exports;
    expect(createManifestStore(gctx)).toBe(fixture.module.exports);
  });

  it("are found on a global context that holds the whole module", () => {
    const gctx = newContext();
    gctx.modules["storage"] = fixture.module;
    expect(createManifestStore(gctx)).toBe(fixture.module.exports);
  });

  it("refuse one that is wrapped in Gati's RPC, with the way out", () => {
    const gctx = newContext();
    gati.registerModule(gctx, "storage", fixture.module.exports);
    expect(() => createManifestStore(gctx)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", hint: expect.stringContaining("enableRPC: false") }),
    );
  });

  it("are found in a module, and in a storage itself", () => {
    expect(createManifestStore(fixture.module)).toBe(fixture.module.exports);
    expect(createManifestStore(fixture.module.exports)).toBe(fixture.module.exports);
  });
});

describe("createManifestStore", () => {
  it.each([
    ["nothing", () => undefined],
    ["a global context without a storage", newContext],
  ])("is a new store in memory for %s", async (_, source) => {
    const store = createManifestStore(source());
    await store.storeManifest(manifest());
    expect(await store.getManifest("order.place")).toEqual(manifest());
    expect(createManifestStore(source()).getStats().manifestCount).toBe(0);
  });

  it("takes Gati's own in-memory store, and Gati's manifest store", () => {
    const storage = gati.createInMemoryStorage();
    expect(createManifestStore(storage)).toBe(storage);
    const store = gati.createManifestStore();
    expect(createManifestStore(store)).toBe(store);
  });

  it.each<[string, unknown]>([
    ["a number", 42],
    ["a file name", "storage.db"],
    ["an empty object", {}],
    ["a function", () => undefined],
    ["an array", []],
    ["a module of something else", { name: "cache", exports: {} }],
    ["modules that are not an object", { modules: "storage" }],
  ])("refuses %s (S13, S16)", (_, source) => {
    expect(refusal(source)).toMatchObject({ code: "INVALID_OPTION", message: /lacks `storeManifest`/ });
  });

  it("names what is missing of an incomplete storage", () => {
    const { getStats: _, ...incomplete } = { ...gati.createInMemoryStorage(), ...methodsOf() };
    expect(refusal(incomplete).message).toContain("lacks `getStats`");
    expect(refusal({ modules: { storage: incomplete } }).message).toContain("modules['storage']");
    expect(refusal({ modules: { storage: incomplete } }).message).toContain("lacks `getStats`");
  });

  it("does not take an unfit storage on a global context for none", () => {
    const gctx = newContext();
    gctx.modules["storage"] = "storage.db";
    const error = refusal(gctx);
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.hint).toContain("registerStorage(gctx, module)");
  });
});

/** The methods of a storage as own properties. */
function methodsOf(): gati.StorageContract {
  const store = createManifestStore();
  return { ...store };
}

function refusal(source: unknown): StorageError {
  try {
    createManifestStore(source as ManifestStoreSource);
  } catch (error) {
    if (StorageError.is(error)) return error;
    throw error;
  }
  throw new Error("it was not refused");
}
