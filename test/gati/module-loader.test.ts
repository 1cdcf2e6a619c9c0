import { writeFileSync } from "node:fs";
import path from "node:path";
import { ModuleLoader } from "@gati-framework/runtime/module-loader";
import { ModuleInitializationError } from "@gati-framework/runtime/types/module";
import { type StorageContract, StorageError } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, it } from "vitest";
import { type Backend, backends, useStorage } from "./backends.js";
import { newContext, useQuietGati } from "./context.js";
import { manifest } from "./documents.js";

useQuietGati();

describe.each(backends)("Gati's ModuleLoader with $name", (backend) => {
  const fixture = useStorage(backend);

  async function registered(): Promise<ModuleLoader> {
    const loader = new ModuleLoader();
    await loader.register(fixture.module);
    return loader;
  }

  it("registers, initializes and hands out the storage", async () => {
    const loader = await registered();
    expect(loader.getModuleNames()).toEqual(["storage"]);
    await loader.initialize("storage", newContext());

    const storage = await loader.get<StorageContract>("storage");
    expect(storage).toBe(fixture.module.exports);
    expect(loader.getSync<StorageContract>("storage")).toBe(storage);
    await storage.storeManifest(manifest());
    expect(await storage.getManifest("order.place")).toEqual(manifest());
  });

  it("initializes with the first get()", async () => {
    const loader = await registered();
    const storage = await loader.get<StorageContract>("storage", newContext());
    expect(storage.getStats().manifestCount).toBe(0);
    expect(loader.getStatistics()).toMatchObject({ total: 1, initialized: 1 });
  });

  it("initializes when it registers, with autoInit", async () => {
    const loader = new ModuleLoader({ autoInit: true });
    await loader.register(fixture.module, newContext());
    expect(loader.getSync<StorageContract>("storage").getStats().gtypeCount).toBe(0);
  });

  it("finds it healthy while it is initialized, and no longer after a shutdown", async () => {
    const loader = await registered();
    expect(await loader.healthCheck()).toEqual(new Map([["storage", false]]));
    await loader.initialize("storage", newContext());
    expect(await loader.healthCheck()).toEqual(new Map([["storage", true]]));
    await loader.shutdown("storage");
    expect(await loader.healthCheck()).toEqual(new Map([["storage", false]]));
  });

  it("finds it ill when it was closed behind the loader's back (S11)", async () => {
    const loader = await registered();
    await loader.initialize("storage", newContext());
    await fixture.module.shutdown();
    expect(await loader.healthCheck()).toEqual(new Map([["storage", false]]));
  });

  it.each(["shutdown", "shutdownAll"] as const)(
    "closes it with %s(), once and for all (S11)",
    async (method) => {
      const loader = await registered();
      const storage = await loader.get<StorageContract>("storage", newContext());
      const write = storage.storeManifest(manifest());
      await loader[method]("storage");
      await loader[method]("storage");

      await write;
      await expect(storage.getManifest("order.place")).rejects.toMatchObject({ code: "CLOSED" });
      await expect(loader.get("storage")).rejects.toThrow(/shutdown/);
    },
  );
});

describe("Gati's ModuleLoader with a damaged file", () => {
  const damaged: Backend = {
    name: "damaged",
    create: (folder) => {
      const filename = path.join(folder, "storage.db");
      writeFileSync(filename, "no database");
      return createBetterSqliteStorage({ filename });
    },
  };
  const fixture = useStorage(damaged);

  it("fails with ModuleInitializationError, caused by our error (S13)", async () => {
    const loader = new ModuleLoader();
    await loader.register(fixture.module);
    const error: unknown = await loader
      .initialize("storage", newContext())
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(ModuleInitializationError);
    const { cause } = error as ModuleInitializationError;
    expect(StorageError.is(cause)).toBe(true);
    expect(cause).toMatchObject({ backend: "better-sqlite3" });
    expect(["CORRUPT", "SCHEMA_MISMATCH"]).toContain((cause as StorageError).code);
    await expect(loader.get("storage")).rejects.toThrow(/error state/);
  });

  it("fails at registering with autoInit", async () => {
    const loader = new ModuleLoader({ autoInit: true });
    await expect(loader.register(fixture.module, newContext())).rejects.toBeInstanceOf(
      ModuleInitializationError,
    );
  });
});
