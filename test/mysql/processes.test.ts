import { setTimeout as delay } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { runChild, startChild } from "../faults/child.js";
import { documentOf, read } from "../faults/children/documents.mjs";
import { findFault, killWriter, type Ledger } from "../faults/kill-rounds.js";
import { query, type TestDatabase, withoutClients } from "./server/server.js";
import { expectRefusal, freshDatabase, gtype, mysqlServers, openMysql, proxied } from "./support.js";
import { report } from "../faults/report.js";

const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 20);
const COLD_ROUNDS = Number(process.env["STORAGE_TEST_COLD_ROUNDS"] ?? 4);
const LANES = 2;

const servers = await mysqlServers();

describe.each(servers)("F1, S12: kill -9 of the client, on MySQL or MariaDB", ({ server }) => {
  const kills = Math.ceil(KILLS / servers.length);

  test(`${kills} kills under load lose no acknowledged write`, { timeout: 300_000 }, async () => {
    const tally = { acknowledged: 0, lost: 0, torn: 0 };
    const databases = await Promise.all(Array.from({ length: LANES }, () => freshDatabase(server)));
    const lane = async ({ name, url }: TestDatabase, number: number): Promise<void> => {
      const ledger: Ledger = new Map();
      const options = JSON.stringify({ connectionString: url });
      const reader = openMysql({ connectionString: url });
      for (let round = number; round < kills; round += LANES) {
        const writer = ["mysql", options, round * 1_000_000];
        tally.acknowledged += await killWriter(ledger, writer, (round * 37) % 61);
        await withoutClients(server, name);
        let rows = 0;
        for (const entry of ledger.values()) {
          const found = await read(reader.exports, entry.kind, entry.id);
          if (found !== undefined) rows++;
          const fault = findFault(entry, found, documentOf);
          if (fault !== undefined) tally[fault]++;
        }
        const stats = await reader.refreshStats();
        expect(
          Object.values(stats).reduce((sum, count) => sum + count, 0),
          "nothing is there that was not written",
        ).toBe(rows);
      }
    };
    await Promise.all(databases.map(lane));
    report("F1 kill -9 of the client, mysql", { injected: kills, ...tally });
    expect(tally).toMatchObject({ lost: 0, torn: 0 });
    expect(tally.acknowledged).toBeGreaterThanOrEqual(kills);
  });
});

describe.each(servers)("F20, S15: many processes open a cold database, on MySQL or MariaDB", ({ server }) => {
  const rounds = Math.ceil(COLD_ROUNDS / servers.length);

  test(`8 at once, ${rounds} times: none fails, one schema`, { timeout: 300_000 }, async () => {
    let failures = 0;
    for (let round = 0; round < rounds; round++) {
      const { url } = await freshDatabase(server);
      const options = JSON.stringify({ connectionString: url });
      const ended = await Promise.all(
        Array.from({ length: 8 }, (_, id) =>
          runChild("sequence.mjs", ["mysql", options, id, 1, "sequential"]),
        ),
      );
      for (const { lines, stderr, exitCode } of ended) {
        if (lines[0] !== "open" || !lines.some((line) => line.startsWith("done"))) failures++;
        expect(exitCode, stderr).toBe(0);
      }
      const { exports: storage } = openMysql({ connectionString: url, migrate: "verify" });
      expect(await storage.getGType("gtype.7")).toEqual(documentOf("gtype", 7, 1));
      expect(storage.getStats().gtypeCount).toBe(8);
    }
    report("F20 cold starts, mysql", {
      injected: rounds * 8,
      acknowledged: rounds * 8 - failures,
      lost: failures,
    });
    expect(failures).toBe(0);
  });

  test("storages of one process and the same schema, 30 at once: none fails", async () => {
    const { url } = await freshDatabase(server);
    const modules = Array.from({ length: 30 }, () => openMysql({ connectionString: url, poolSize: 1 }));
    await Promise.all(modules.map((module) => module.init()));
  });

  test("one killed half-way, wherever that is: the next completes what it has left", async () => {
    let cutShort = 0;
    for (const statements of [4, 5, 6, 7, 8, 10]) {
      const { url } = await freshDatabase(server);
      const { proxy, connectionString } = await proxied(url);
      // Each statement takes its time, so that the kill meets the one that is meant.
      proxy.mode = "delay";
      const child = startChild("sequence.mjs", [
        "mysql",
        JSON.stringify({ connectionString }),
        0,
        0,
        "batch",
      ]);
      while (proxy.roundTrips < statements && child.process.exitCode === null) await delay(1);
      const tables = async (): Promise<number> =>
        (await query(url, "select 1 from information_schema.tables where table_schema = database()")).length;
      if ((await tables()) < 7) cutShort++;
      child.process.kill("SIGKILL");
      await child.ended;
      if ((await tables()) < 7)
        await expectRefusal(
          () => openMysql({ connectionString: url, migrate: "verify" }).init(),
          "SCHEMA_MISMATCH",
        );
      const { exports: storage } = openMysql({ connectionString: url });
      await storage.storeGType(gtype("after"));
      expect(await storage.getGType("after")).toEqual(gtype("after"));
      expect(await tables()).toBe(7);
    }
    report("F20 killed while creating, mysql", { injected: 6, "cut short": cutShort, lost: 0 });
    expect(cutShort).toBeGreaterThan(2);
  });
});

describe.each(servers)("F24, S11: a process ends without shutdown, on MySQL or MariaDB", ({ server }) => {
  test.each([
    ["exit", 3, null],
    ["throw", 1, null],
    ["SIGTERM", null, "SIGTERM"],
    ["by itself: an idle pool keeps nothing alive", 0, null],
  ])("%s: what was acknowledged is there", async (how, exitCode, signal) => {
    const { url } = await freshDatabase(server);
    const ended = await runChild("leave.mjs", ["mysql", JSON.stringify({ connectionString: url }), how]);
    expect(ended).toMatchObject({ lines: ["done"], exitCode, signal });
    const { exports: storage } = openMysql({ connectionString: url });
    expect(await read(storage, "gtype", 1)).toEqual(documentOf("gtype", 1, 1));
  });

  test("with a server that has fallen silent: shutdown() ends, and so does the process", async () => {
    const { url } = await freshDatabase(server);
    const { proxy, connectionString } = await proxied(url);
    const options = { connectionString, timeout: 500, connectTimeout: 500 };
    const child = startChild("silence.mjs", ["mysql", JSON.stringify(options)]);
    await child.line((line) => line === "stored");
    proxy.mode = "silence";
    child.process.kill("SIGUSR2");
    const { lines, exitCode } = await child.ended;
    expect({ lines, exitCode }).toEqual({ lines: ["stored", "TIMEOUT TIMEOUT", "shut down"], exitCode: 0 });
  });
});
