import { registerModule, wrapModulesWithRPC } from "@gati-framework/runtime";
import { StorageError, createManifestStore } from "@gati-framework/storage";
import { describe, expect, it } from "vitest";
import { backends, useStorage } from "./backends.js";
import { newContext, useQuietGati } from "./context.js";
import { manifest } from "./documents.js";

type Storage = ReturnType<typeof createManifestStore>;

useQuietGati();

describe.each(backends)("a global context with $name", (backend) => {
  const fixture = useStorage(backend);

  it("works as the design document shows it, with no init() (S11)", async () => {
    const gctx = newContext();
    gctx.modules["storage"] = fixture.module.exports;

    const storage = gctx.modules["storage"] as Storage;
    await storage.storeManifest(manifest());
    expect(await storage.getManifest("order.place")).toEqual(manifest());
    expect(storage.getStats().manifestCount).toBe(1);
  });

  it("answers getStats() as its first call (S10)", () => {
    const gctx = newContext();
    gctx.modules["storage"] = fixture.module.exports;
    expect(createManifestStore(gctx).getStats().manifestCount).toBe(0);
  });

  it("opens once for concurrent first calls (S8, S11)", async () => {
    const { exports } = fixture.module;
    const stored = Array.from({ length: 20 }, (_, index) =>
      exports.storeManifest(manifest({ version: `${index}` })),
    );
    const versions = await exports.getAllManifestVersions("order.place");
    expect(versions.map(({ version }) => version)).toEqual(Array.from(stored, (_, index) => `${index}`));
    await Promise.all(stored);
  });

  it("can be put there with registerModule() without RPC, as it is", async () => {
    const gctx = newContext();
    registerModule(gctx, "storage", fixture.module.exports, { enableRPC: false });

    expect(gctx.modules["storage"]).toBe(fixture.module.exports);
    await createManifestStore(gctx).storeManifest(manifest());
    expect(await fixture.module.exports.getManifest("order.place", "1.0.0")).toEqual(manifest());
  });
});

describe.each(backends)("Gati's RPC proxy around $name", (backend) => {
  const fixture = useStorage(backend);

  /** What registerModule() puts in place unless told otherwise. */
  function proxied(): Storage {
    const gctx = newContext();
    registerModule(gctx, "storage", fixture.module.exports);
    return gctx.modules["storage"] as Storage;
  }

  it("throws after every write, for it cannot pass on `undefined`; the write is there", async () => {
    const storage = proxied();
    await expect(storage.storeManifest(manifest())).rejects.toThrow(/serialize/);
    expect(await fixture.module.exports.getManifest("order.place")).toEqual(manifest());
  });

  it("makes callers write again; what is stored, its count and its place stay the same (S6)", async () => {
    const storage = proxied();
    const { exports } = fixture.module;
    await exports.storeManifest(manifest({ version: "first" }));
    await exports.storeManifest(manifest({ version: "second" }));
    await expect(storage.storeManifest(manifest({ version: "first" }))).rejects.toThrow(/serialize/);
    await expect(storage.storeManifest(manifest({ version: "first" }))).rejects.toThrow(/serialize/);

    const versions = await exports.getAllManifestVersions("order.place");
    expect(versions.map(({ version }) => version)).toEqual(["first", "second"]);
    expect(exports.getStats().manifestCount).toBe(2);
  });

  it("passes on hits and lists, and turns getStats() into a promise", async () => {
    const storage = proxied();
    await fixture.module.exports.storeManifest(manifest());
    expect(await storage.getManifest("order.place")).toEqual(manifest());
    expect(await storage.listHookManifests()).toEqual([]);
    expect(await storage.getHookManifest("order.place")).toBeNull();
    const stats: unknown = storage.getStats();
    expect(stats).toBeInstanceOf(Promise);
    expect(await stats).toMatchObject({ manifestCount: 1 });
  });

  it("throws where a miss is `undefined`", async () => {
    await expect(proxied().getManifest("order.place")).rejects.toThrow(/serialize/);
  });

  it("lets our own error through after its retries, with nothing written (S13)", async () => {
    const refused = proxied().storeManifest(manifest({ version: "" }));
    await expect(refused).rejects.toSatisfy(StorageError.is);
    await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", outcome: "not-written" });
    expect(fixture.module.exports.getStats().manifestCount).toBe(0);
  });

  it("passes for a promise, so that awaiting the storage itself never ends", () => {
    expect(Reflect.get(proxied(), "then")).toBeTypeOf("function");
  });

  it("also replaces a storage that is already there, with wrapModulesWithRPC()", async () => {
    const gctx = newContext();
    gctx.modules["storage"] = fixture.module.exports;
    wrapModulesWithRPC(gctx);
    await expect((gctx.modules["storage"] as Storage).storeManifest(manifest())).rejects.toThrow(/serialize/);
    expect(await fixture.module.exports.getManifest("order.place")).toEqual(manifest());
  });
});
