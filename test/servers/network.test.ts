import { describe, expect, test } from "vitest";

import { report } from "../faults/report.js";
import { expectRefusal, settles, untilAnswered } from "../support/calls.js";
import { gtype } from "../support/documents.js";
import { servers } from "./server.js";

const all = await servers();

describe.each(all)("F13, a lost reply, on $name", ({ name, place: newPlace }) => {
  test("20 writes: the outcome is unknown, each ran once, none is repeated", async () => {
    const place = await newPlace();
    const { proxy, behind } = await place.proxied();
    const { exports: storage } = behind.open({ poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    const executions = await place.countInserts();
    for (let round = 0; round < 20; round++) {
      // A new connection may prepare first: the reply that is lost is to be that of the execution.
      await storage.storeGType(gtype("warm"));
      const before = await executions();
      proxy.loseReplies(1);
      const error = await expectRefusal(() => storage.storeGType(gtype(`lost.${round}`)), "UNAVAILABLE");
      expect(error).toMatchObject({ outcome: "unknown", retryable: true });
      await expect.poll(executions).toBe(before + 1);
    }
    for (let round = 0; round < 20; round++) {
      expect(await storage.getGType(`lost.${round}`)).toEqual(gtype(`lost.${round}`));
    }
    expect(await executions(), "20 that were lost, and as many that kept it warm").toBe(40);
    report(`F13 lost replies, ${name}`, { injected: 20, acknowledged: 0, executed: 20, lost: 0 });
  });

  test("a batch: the outcome is unknown for each of its writes", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const { exports: storage } = behind.open({ poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    proxy.loseReplies(1);
    const settled = await Promise.allSettled(["a", "b", "c"].map((ref) => storage.storeGType(gtype(ref))));
    for (const one of settled)
      expect(one).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
  });

  test("a read is asked again, once", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const { exports: storage } = behind.open({ poolSize: 1 });
    await storage.storeGType(gtype("one"));
    proxy.loseReplies(1);
    expect(await storage.getGType("one")).toEqual(gtype("one"));
    // The second is that of the new connection, be it a greeting.
    proxy.loseReplies(2);
    const error = await expectRefusal(() => storage.getGType("one"), "UNAVAILABLE");
    expect(error.outcome).toBe("not-written");
    proxy.loseReplies(0);
    expect(await storage.getGType("one")).toEqual(gtype("one"));
  });
});

describe.each(all)("F16, a bad network, on $name", ({ name, place: newPlace, preparesApart }) => {
  const deadlines = { timeout: 600, connectTimeout: 400 };

  test("a silent server: every call and shutdown() end by their deadlines; afterwards it works again", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const module = behind.open({ ...deadlines, poolSize: 2 });
    const { exports: storage } = module;
    await untilAnswered(() => storage.storeGType(gtype("before")));
    proxy.mode = "silence";
    const calls = [
      () => storage.storeGType(gtype("a")),
      () => storage.getGType("before"),
      () => storage.clear(),
      () => storage.listHookManifests(),
      () => module.refreshStats(),
      () => module.flush(),
      () => storage.storeGType(gtype("b")),
    ];
    const settled = await Promise.all(calls.map((call) => settles<unknown>(call)));
    for (const one of settled) expect(one).toMatchObject({ status: "rejected", reason: { code: "TIMEOUT" } });
    expect(settled[0]).toMatchObject({ reason: { outcome: "unknown" } });
    expect(settled[6]).toMatchObject({ reason: { outcome: "not-written" } });
    expect(await settles(() => module.healthCheck())).toMatchObject({ value: false });

    proxy.mode = "forward";
    expect(await untilAnswered(() => storage.getGType("before"))).toEqual(gtype("before"));
    proxy.mode = "silence";
    const last = storage.storeGType(gtype("last"));
    const [shutdown] = await Promise.all([
      settles(() => module.shutdown()),
      expectRefusal(() => last, "TIMEOUT"),
    ]);
    expect(shutdown.status).toBe("fulfilled");
    report(`F16 silence, ${name}`, {
      injected: 2,
      acknowledged: 1,
      lost: 0,
      "settled in time": settled.length + 2,
    });
  });

  test("silent when opening: typed, in time; the next call opens it", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const module = behind.open(deadlines);
    proxy.mode = "silence";
    for (const call of [() => module.init(), () => module.exports.getGType("a")]) {
      expect(await settles<unknown>(call)).toMatchObject({
        status: "rejected",
        reason: { code: "TIMEOUT", outcome: "not-written" },
      });
    }
    proxy.mode = "forward";
    expect(await untilAnswered(() => module.exports.getGType("a"))).toBeUndefined();
  });

  test("resets: typed, and it works at once when they are over; the process lives", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const { exports: storage } = behind.open();
    await storage.storeGType(gtype("before"));
    for (let round = 0; round < 10; round++) {
      proxy.mode = "reset";
      await expectRefusal(() => storage.storeGType(gtype("a")), "UNAVAILABLE");
      await expectRefusal(() => storage.getGType("a"), "UNAVAILABLE");
      proxy.mode = "forward";
      expect(await storage.getGType("before")).toEqual(gtype("before"));
    }
  });

  test("50 ms more each way, and one byte a packet: the same answers", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const { exports: storage } = behind.open();
    for (const mode of ["delay", "trickle"] as const) {
      proxy.mode = mode;
      await Promise.all([1, 2, 3].map((n) => storage.storeGType(gtype(`${mode}.${n}`))));
      expect(await storage.getGType(`${mode}.3`)).toEqual(gtype(`${mode}.3`));
    }
    expect(storage.getStats().gtypeCount).toBe(6);
  });

  test("one round trip an operation, once its statement is prepared where that is one of its own", async () => {
    const { proxy, behind } = await (await newPlace()).proxied();
    const { exports: storage } = behind.open({ poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    const calls: Record<string, () => Promise<unknown>> = {
      store: () => storage.storeGType(gtype("a")),
      get: () => storage.getGType("a"),
      miss: () => storage.getVersionGraph("none"),
      last: () => storage.getManifest("none"),
      list: () => storage.listHookManifests(),
      batchOfOneKind: () => Promise.all(["b", "c"].map((ref) => storage.storeGType(gtype(ref)))),
    };
    if (preparesApart) for (const call of Object.values(calls)) await call();
    for (const [operation, call] of Object.entries(calls)) {
      const before = proxy.roundTrips;
      await call();
      expect(proxy.roundTrips - before, operation).toBe(1);
    }
  });
});
