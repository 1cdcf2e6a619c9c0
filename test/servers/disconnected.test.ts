import { describe, expect, test } from "vitest";

import { countLost, Load } from "../faults/load.js";
import { report } from "../faults/report.js";
import { gtype } from "../support/documents.js";
import { servers } from "./server.js";

const ROUNDS = Number(process.env["STORAGE_TEST_TERMINATIONS"] ?? 40);

describe.each(await servers())("F11, connections ended by the server, on $name", (server) => {
  test(`${ROUNDS} times under 16 writers: recovers at once, loses nothing, every error is typed`, async () => {
    const place = await server.place();
    // Four storages, so that statements are under way at any time.
    const modules = Array.from({ length: 4 }, () => place.open());
    for (const module of modules) await module.init();
    const load = new Load(
      modules.map(({ exports }) => exports),
      16,
    );
    let ended = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await load.more(16);
      ended += await place.disconnect();
    }
    await load.more(64);
    const result = await load.stop();
    expect(result.failed.length, "writes were under way").toBeGreaterThan(0);
    for (const { error } of result.failed) {
      expect(server.disconnected).toContain(error.code);
      expect(error.retryable).toBe(true);
    }
    const lost = await countLost(modules[0]!.exports, result);
    report(`F11 ended connections, ${server.name}`, {
      injected: ended,
      acknowledged: result.acknowledged.length,
      failed: result.failed.length,
      lost,
    });
    expect(ended).toBeGreaterThan(ROUNDS);
    expect(lost).toBe(0);
  });

  test.each(["ours", "theirs"])(
    "idle connections are lost (a pool of %s): the process lives, the next call works",
    async (whose) => {
      const place = await server.place();
      const { exports: storage } = (whose === "ours" ? place : place.pool()).open();
      await storage.storeGType(gtype("before"));
      for (let round = 0; round < 10; round++) {
        expect(await place.disconnect()).toBeGreaterThan(0);
        expect(await storage.getGType("before")).toEqual(gtype("before"));
      }
      await storage.storeGType(gtype("after"));
      expect(storage.getStats().gtypeCount).toBe(2);
    },
  );

  test("F18: a transaction that is ended in the middle leaves nothing", async () => {
    const place = await server.place();
    const { exports: storage } = place.open();
    await storage.storeVersionGraph({ handlerId: "held" } as never);
    const release = await place.lock("gati_version_graph");
    const batch = Promise.allSettled([
      storage.storeGType(gtype("first")),
      storage.storeVersionGraph({ handlerId: "held", changed: true } as never),
    ]);
    await place.untilBlocked();
    await place.disconnect();
    for (const one of await batch)
      expect(one).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
    await release();
    expect(await storage.getGType("first")).toBeUndefined();
    expect(await storage.getVersionGraph("held")).toEqual({ handlerId: "held" });
  });
});
