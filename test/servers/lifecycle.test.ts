import { StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

import { report } from "../faults/report.js";
import { expectRefusal, settles, untilAnswered } from "../support/calls.js";
import { gtype } from "../support/documents.js";
import { servers } from "./server.js";

describe.each(await servers())("S11, on $name", (server) => {
  test("F25: 50 writes and a shutdown, 20 times: each is stored, or refused with CLOSED", async () => {
    const place = await server.place();
    const stored = new Set<string>();
    let refused = 0;
    for (let round = 0; round < 20; round++) {
      const module = place.open();
      if (round % 2 === 0) await module.init();
      const writes: Promise<void>[] = [];
      const write = (n: number): void => {
        const ref = `${round}.${n}`;
        writes.push(
          module.exports.storeGType(gtype(ref)).then(
            () => void stored.add(ref),
            (error: unknown) => {
              expect(error).toMatchObject({ name: "StorageError", code: "CLOSED", outcome: "not-written" });
              refused++;
            },
          ),
        );
      };
      for (let n = 0; n < 25; n++) write(n);
      if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      const closing = [module.shutdown(), module.shutdown()];
      for (let n = 25; n < 50; n++) write(n);
      await Promise.all([...writes, ...closing]);
      await module.shutdown();
      await expectRefusal(() => module.exports.getGType("any"), "CLOSED");
      await expectRefusal(async () => module.exports.getStats(), "CLOSED");
      await expectRefusal(() => module.refreshStats(), "CLOSED");
    }
    const rows = await place.sql("select ref from gati_gtype");
    expect(new Set(rows.map(({ ref }) => ref))).toEqual(stored);
    expect(stored.size + refused).toBe(1_000);
    report(`F25 shutdown racing, ${server.name}`, {
      injected: 20,
      acknowledged: stored.size,
      refused,
      lost: 0,
    });
  });

  test("init() opens it again; shutdown() before the first call is no matter", async () => {
    const module = (await server.place()).open();
    await module.shutdown();
    await expectRefusal(() => module.exports.getGType("a"), "CLOSED");
    await module.init();
    await module.exports.storeGType(gtype("a"));
    await module.shutdown();
    await module.init();
    expect(await module.exports.getGType("a")).toEqual(gtype("a"));
  });

  test("getStats() before it has opened is NOT_OPEN; afterwards it is at hand, and exact", async () => {
    const place = await server.place();
    const other = place.open();
    await other.exports.storeGType(gtype("a"));
    const module = place.open();
    await expectRefusal(async () => module.exports.getStats(), "NOT_OPEN");
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(1);
    await other.exports.storeGType(gtype("b"));
    expect(module.exports.getStats().gtypeCount, "somebody else's").toBe(1);
    expect((await module.refreshStats()).gtypeCount).toBe(2);
  });

  test("our pool is small: 4 connections at most, however many calls; none is left after shutdown()", async () => {
    const place = await server.place();
    // Deadlines are not what is tested here, and the last of 2,000 calls comes late on a busy machine.
    const module = place.open({ timeout: 60_000, connectTimeout: 60_000 });
    const { exports: storage } = module;
    await Promise.all(Array.from({ length: 200 }, (_, n) => storage.storeGType(gtype(`${n}`))));
    let most = 0;
    const watch = async (): Promise<void> => {
      most = Math.max(most, await place.connections());
    };
    const reads = Promise.all(Array.from({ length: 2_000 }, (_, n) => storage.getGType(`${n % 200}`)));
    await Promise.all([reads, watch(), watch(), watch()]);
    await watch();
    expect(most).toBe(4);
    await module.shutdown();
    await expect.poll(() => place.connections()).toBe(0);
  });

  test("F27: the server is silent and 100,100 calls come: bounded, BUSY beyond, and it works afterwards", async () => {
    const { proxy, behind } = await (await server.place()).proxied();
    const { exports: storage } = behind.open({ timeout: 3_000, connectTimeout: 500 });
    await untilAnswered(() => storage.storeGType(gtype("before")));
    proxy.mode = "silence";
    const calls = Array.from({ length: 100_100 }, (_, n) => storage.storeGType(gtype(`n${n}`)));
    const codes = new Map<string, number>();
    for (const one of await Promise.allSettled(calls)) {
      const code =
        one.status === "fulfilled" ? "stored" : StorageError.is(one.reason) ? one.reason.code : "untyped";
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].toSorted()).toEqual(["BUSY", "TIMEOUT"]);
    expect(codes.get("BUSY")).toBe(100);
    proxy.mode = "forward";
    expect(await untilAnswered(() => storage.getGType("before"))).toEqual(gtype("before"));
    await untilAnswered(() => storage.storeGType(gtype("after")));
    report(`F27 a queue without end, ${server.name}`, {
      injected: 100_100,
      acknowledged: 2,
      busy: 100,
      lost: 0,
    });
  });

  test("a pool of the user's without listeners, and one that is ended meanwhile: typed, no exit", async () => {
    const pool = (await server.place()).pool();
    const module = pool.open();
    await module.exports.storeGType(gtype("a"));
    await pool.end();
    const settled = await settles(() => module.exports.storeGType(gtype("b")));
    expect(settled).toMatchObject({
      reason: { name: "StorageError", code: "UNAVAILABLE", outcome: "not-written" },
    });
    expect(await module.healthCheck()).toBe(false);
  });
});
