import { setTimeout as delay } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { runChild, startChild } from "../faults/child.js";
import { documentOf, read } from "../faults/children/documents.mjs";
import { countFaults, killWriter, type Ledger, newTally, total } from "../faults/kill-rounds.js";
import { report } from "../faults/report.js";
import { expectRefusal } from "../support/calls.js";
import { gtype } from "../support/documents.js";
import { type Place, servers } from "./server.js";

/** On each server. */
const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 20);
const COLD_ROUNDS = Number(process.env["STORAGE_TEST_COLD_ROUNDS"] ?? 4);
const LANES = 2;
const TABLES = 7;

const all = await servers();

describe.each(all)("F1, S12: kill -9 of the client, on $name", (server) => {
  test(`${KILLS} kills under load lose no acknowledged write`, { timeout: 300_000 }, async () => {
    const tally = newTally();
    const places = await Promise.all(Array.from({ length: LANES }, () => server.place()));
    const lane = async (place: Place, number: number): Promise<void> => {
      const ledger: Ledger = new Map();
      const reader = place.open();
      for (let round = number; round < KILLS; round += LANES) {
        const writer = [server.backend, JSON.stringify(place.options), round * 1_000_000];
        tally.acknowledged += await killWriter(ledger, writer, (round * 37) % 61);
        await place.withoutClients();
        const rows = await countFaults(reader.exports, ledger, tally);
        expect(total(await reader.refreshStats()), "nothing is there that was not written").toBe(rows);
      }
    };
    await Promise.all(places.map(lane));
    report(`F1 kill -9 of the client, ${server.name}`, { injected: KILLS, ...tally });
    expect(tally).toMatchObject({ lost: 0, torn: 0 });
    expect(tally.acknowledged).toBeGreaterThanOrEqual(KILLS);
  });
});

describe.each(all)("F20, S15: many processes open a cold database, on $name", (server) => {
  test(`8 at once, ${COLD_ROUNDS} times: none fails, one schema`, { timeout: 300_000 }, async () => {
    let failures = 0;
    for (let round = 0; round < COLD_ROUNDS; round++) {
      const place = await server.place();
      const options = JSON.stringify(place.options);
      const ended = await Promise.all(
        Array.from({ length: 8 }, (_, id) =>
          runChild("sequence.mjs", [server.backend, options, id, 1, "sequential"]),
        ),
      );
      for (const { lines, stderr, exitCode } of ended) {
        if (lines[0] !== "open" || !lines.some((line) => line.startsWith("done"))) failures++;
        expect(exitCode, stderr).toBe(0);
      }
      const { exports: storage } = place.open({ migrate: "verify" });
      expect(await storage.getGType("gtype.7")).toEqual(documentOf("gtype", 7, 1));
      expect(storage.getStats().gtypeCount).toBe(8);
    }
    report(`F20 cold starts, ${server.name}`, {
      injected: COLD_ROUNDS * 8,
      acknowledged: COLD_ROUNDS * 8 - failures,
      lost: failures,
    });
    expect(failures).toBe(0);
  });

  test("storages of one process and the same schema, 30 at once: none fails", async () => {
    const place = await server.place();
    const modules = Array.from({ length: 30 }, () => place.open({ poolSize: 1 }));
    await Promise.all(modules.map((module) => module.init()));
    expect(await place.tables()).toHaveLength(TABLES);
  });

  test("one killed half-way, wherever that is: nothing of it is taken for whole, and the next completes it", async () => {
    const { atOnce, killedAfter } = server.creation;
    let cutShort = 0;
    for (const roundTrips of killedAfter) {
      const place = await server.place();
      const { proxy, behind } = await place.proxied();
      // Each statement takes its time, so that the kill meets the one that is meant.
      proxy.mode = "delay";
      const options = JSON.stringify(behind.options);
      const child = startChild("sequence.mjs", [server.backend, options, 0, 0, "batch"]);
      while (proxy.roundTrips < roundTrips && child.process.exitCode === null) await delay(1);
      const tables = async (): Promise<number> => (await place.tables()).length;
      if ((await tables()) < TABLES) cutShort++;
      child.process.kill("SIGKILL");
      await child.ended;
      await proxy.close();
      const left = await tables();
      if (atOnce) expect([0, TABLES], "all tables or none").toContain(left);
      if (left < TABLES) {
        await expectRefusal(() => place.open({ migrate: "verify" }).init(), "SCHEMA_MISMATCH");
      }
      const { exports: storage } = place.open();
      await storage.storeGType(gtype("after"));
      expect(await storage.getGType("after")).toEqual(gtype("after"));
      expect(await tables()).toBe(TABLES);
    }
    report(`F20 killed while creating, ${server.name}`, {
      injected: killedAfter.length,
      "cut short": cutShort,
      lost: 0,
    });
    expect(cutShort).toBeGreaterThan(2);
  });
});

describe.each(all)("F24, S11: a process ends without shutdown, on $name", (server) => {
  test.each([
    ["exit", 3, null],
    ["throw", 1, null],
    ["SIGTERM", null, "SIGTERM"],
    ["by itself: an idle pool keeps nothing alive", 0, null],
  ])("%s: what was acknowledged is there", async (how, exitCode, signal) => {
    const place = await server.place();
    const ended = await runChild("leave.mjs", [server.backend, JSON.stringify(place.options), how]);
    expect(ended).toMatchObject({ lines: ["done"], exitCode, signal });
    const { exports: storage } = place.open();
    expect(await read(storage, "gtype", 1)).toEqual(documentOf("gtype", 1, 1));
  });

  test("with a server that has fallen silent: shutdown() ends, and so does the process", async () => {
    const { proxy, behind } = await (await server.place()).proxied();
    const options = { ...behind.options, timeout: 500, connectTimeout: 500 };
    const child = startChild("silence.mjs", [server.backend, JSON.stringify(options)]);
    await child.line((line) => line === "stored");
    proxy.mode = "silence";
    child.process.kill("SIGUSR2");
    const { lines, exitCode } = await child.ended;
    expect({ lines, exitCode }).toEqual({ lines: ["stored", "TIMEOUT TIMEOUT", "shut down"], exitCode: 0 });
  });
});
