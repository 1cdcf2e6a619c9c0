import { describe, expect, test } from "vitest";

import { report } from "../faults/report.js";
import { settles, untilAnswered } from "../support/calls.js";
import { gtype } from "../support/documents.js";
import { servers } from "./server.js";

const all = await servers();

describe.each(all)("F14, a row locked by somebody else, on $name", ({ name, place: newPlace, lockedOut }) => {
  test("the server gives up before the client does, so nothing lands late", async () => {
    const place = await newPlace();
    const { exports: storage } = place.open({ timeout: lockedOut.timeout });
    const store = (revision: number): Promise<void> => storage.storeGType(gtype("held", { revision }));
    await store(1);
    const release = await place.lock("gati_gtype");
    for (const calls of [[2], [3, 4]]) {
      for (const one of await Promise.allSettled(calls.map(store))) {
        expect(one).toMatchObject({ status: "rejected", reason: lockedOut.reason });
      }
    }
    await release();
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 1 }));
    await store(5);
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 5 }));
    report(`F14 locks, ${name}`, { injected: 2, acknowledged: 2, lost: 0 });
  });

  test("a lock in the middle of a transaction: all of it is taken back, and the connection goes on", async () => {
    const place = await newPlace();
    const { exports: storage } = place.open({ timeout: lockedOut.timeout, poolSize: 1 });
    await storage.storeVersionGraph({ handlerId: "held" } as never);
    const release = await place.lock("gati_version_graph");
    const batch = await Promise.allSettled([
      storage.storeGType(gtype("first")),
      storage.storeVersionGraph({ handlerId: "held", changed: true } as never),
    ]);
    for (const one of batch) expect(one).toMatchObject({ status: "rejected", reason: lockedOut.reason });
    await release();
    expect(await storage.getGType("first")).toBeUndefined();
    await storage.storeGType(gtype("second"));
    expect(await place.sql("select ref from gati_gtype")).toEqual([{ ref: "second" }]);
  });
});

describe.each(all)("F17, a pool that is exhausted, on $name", ({ name, place: newPlace }) => {
  test("one connection, held: 500 calls fail in time; afterwards it works", async () => {
    const pool = (await newPlace()).pool(1);
    await pool.open().init();
    const module = pool.open({ timeout: 800, connectTimeout: 500 });
    await untilAnswered(() => module.exports.storeGType(gtype("before")));
    const release = await pool.hold();
    const calls = Array.from({ length: 500 }, (_, n) =>
      settles<unknown>(() =>
        n % 2 === 0 ? module.exports.storeGType(gtype(`n${n}`)) : module.exports.getGType(`n${n}`),
      ),
    );
    for (const one of await Promise.all(calls)) {
      expect(one).toMatchObject({ status: "rejected", reason: { code: "TIMEOUT", outcome: "not-written" } });
    }
    release();
    expect(await untilAnswered(() => module.exports.getGType("before"))).toEqual(gtype("before"));
    expect((await untilAnswered(() => module.refreshStats())).gtypeCount).toBe(1);
    await untilAnswered(() => module.exports.storeGType(gtype("after")));
    expect(pool.waiting()).toBe(0);
    report(`F17 pool exhausted, ${name}`, { injected: 1, acknowledged: 2, lost: 0, "failed in time": 500 });
  });
});

describe.each(all)("F18, refusals of the server, on $name", ({ name, place: newPlace }) => {
  test("deadlocks between two storages are retried: 10 batches in opposite orders all succeed", async () => {
    const place = await newPlace();
    const [one, two] = [place.open(), place.open()];
    const refs = Array.from({ length: 20 }, (_, n) => `r${n}`);
    await Promise.all(refs.map((ref) => one.exports.storeGType(gtype(ref))));
    await two.init();
    const deadlocksIn = await place.slowUpdates();
    const rounds = 10;
    for (let round = 0; round < rounds; round++) {
      await Promise.all([
        ...refs.map((ref) => one.exports.storeGType(gtype(ref, { round }))),
        ...refs.toReversed().map((ref) => two.exports.storeGType(gtype(ref, { round }))),
      ]);
    }
    const deadlocks = await deadlocksIn(2 * rounds);
    report(`F18 deadlocks, ${name}`, {
      injected: deadlocks,
      acknowledged: 2 * rounds * refs.length,
      lost: 0,
    });
    expect(deadlocks).toBeGreaterThan(0);
  });
});
