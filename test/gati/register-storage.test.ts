import { shutdownGlobalContext } from "@gati-framework/runtime";
import { registerStorage } from "@gati-framework/storage";
import { describe, expect, it } from "vitest";
import { backends, useStorage } from "./backends.js";
import { newContext, useQuietGati } from "./context.js";
import { manifest } from "./documents.js";

useQuietGati();

describe.each(backends)("registerStorage with $name", (backend) => {
  const fixture = useStorage(backend);

  it("puts the storage where Gati's users look for it, and returns the module", () => {
    const gctx = newContext();
    expect(registerStorage(gctx, fixture.module)).toBe(fixture.module);
    expect(gctx.modules["storage"]).toBe(fixture.module.exports);
  });

  it("is one of Gati's health checks (S11)", async () => {
    const gctx = newContext();
    registerStorage(gctx, fixture.module);
    expect(await gctx.lifecycle.executeHealthChecks()).toMatchObject({
      status: "healthy",
      checks: { storage: { status: "pass" } },
    });

    await fixture.module.shutdown();
    expect(await gctx.lifecycle.executeHealthChecks()).toMatchObject({
      status: "unhealthy",
      checks: { storage: { status: "fail", message: expect.stringContaining("does not answer") as string } },
    });
  });

  it("closes with Gati's lifecycle, after the writes called before (S11)", async () => {
    const gctx = newContext();
    const { exports } = registerStorage(gctx, fixture.module);
    const write = exports.storeManifest(manifest());
    await gctx.lifecycle.executeShutdown();

    await write;
    await expect(exports.getManifest("order.place")).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("closes with shutdownGlobalContext(), also when it is called twice", async () => {
    const gctx = newContext();
    registerStorage(gctx, fixture.module);
    await shutdownGlobalContext(gctx);
    await shutdownGlobalContext(gctx);
    expect(() => fixture.module.exports.getStats()).toThrow(expect.objectContaining({ code: "CLOSED" }));
  });

  it("keeps what a durable backend stored for the next context, and nothing of another (S12)", async () => {
    const before = newContext();
    await registerStorage(before, fixture.module).exports.storeManifest(manifest());
    await shutdownGlobalContext(before);

    const after = newContext();
    const { exports, capabilities } = registerStorage(after, backend.create(fixture.folder));
    expect(await exports.getManifest("order.place")).toEqual(capabilities.durable ? manifest() : undefined);
    await shutdownGlobalContext(after);
  });
});
