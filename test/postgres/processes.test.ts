import { setTimeout as delay } from "node:timers/promises";

import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { runChild, startChild } from "../faults/child.js";
import { documentOf, read } from "../faults/children/documents.mjs";
import { findFault, killWriter, type Ledger } from "../faults/kill-rounds.js";
import { startProxy } from "./proxy.js";
import { query, testServers } from "./server/servers.js";
import { freshSchema, gtype, openPostgres, withUrl } from "./support.js";
import { report } from "../faults/report.js";

const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 30);
const COLD_ROUNDS = Number(process.env["STORAGE_TEST_COLD_ROUNDS"] ?? 8);
const LANES = 2;

const servers = await testServers();

describe.each(servers)("F1, S12: kill -9 of the client, on $name", ({ name, url }) => {
  const kills = Math.ceil(KILLS / servers.length);

  test(`${kills} kills under load lose no acknowledged write`, { timeout: 300_000 }, async () => {
    const tally = { acknowledged: 0, lost: 0, torn: 0 };
    const schemas = Array.from({ length: LANES }, () => freshSchema(url));
    const lane = async (schema: string, number: number): Promise<void> => {
      const ledger: Ledger = new Map();
      const options = JSON.stringify({ connectionString: url, schema });
      const reader = openPostgres({ connectionString: url, schema });
      for (let round = number; round < kills; round += LANES) {
        const writer = ["postgres", options, round * 1_000_000];
        tally.acknowledged += await killWriter(ledger, writer, (round * 37) % 61);
        await withoutClients(url, schema);
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
    await Promise.all(schemas.map(lane));
    report(`F1 kill -9 of the client, ${name}`, { injected: kills, ...tally });
    expect(tally).toMatchObject({ lost: 0, torn: 0 });
    expect(tally.acknowledged).toBeGreaterThanOrEqual(kills);
  });
});

/** Waits until the server has noticed that a killed client is gone: until then its last statement may still run. */
async function withoutClients(url: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (;;) {
      const { rowCount } = await client.query(
        `select 1 from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and query like $1`,
        [`%"${schema}"%`],
      );
      if (rowCount === 0) return;
    }
  } finally {
    await client.end();
  }
}

describe.each(servers)("F20, S15: many processes open a cold database, on $name", ({ name, url }) => {
  const rounds = Math.ceil(COLD_ROUNDS / servers.length);

  test(`8 at once, ${rounds} times: none fails, one schema`, { timeout: 300_000 }, async () => {
    let failures = 0;
    for (let round = 0; round < rounds; round++) {
      const schema = freshSchema(url);
      const options = JSON.stringify({ connectionString: url, schema });
      const ended = await Promise.all(
        Array.from({ length: 8 }, (_, id) =>
          runChild("sequence.mjs", ["postgres", options, id, 1, "sequential"]),
        ),
      );
      for (const { lines, stderr, exitCode } of ended) {
        if (lines[0] !== "open" || !lines.some((line) => line.startsWith("done"))) failures++;
        expect(exitCode, stderr).toBe(0);
      }
      const { exports: storage } = openPostgres({ connectionString: url, schema, migrate: "verify" });
      expect(await storage.getGType("gtype.7")).toEqual(documentOf("gtype", 7, 1));
      expect(storage.getStats().gtypeCount).toBe(8);
    }
    report(`F20 cold starts, ${name}`, {
      injected: rounds * 8,
      acknowledged: rounds * 8 - failures,
      lost: failures,
    });
    expect(failures).toBe(0);
  });

  test("storages of one process and the same schema, 30 at once: none fails", async () => {
    const schema = freshSchema(url);
    const modules = Array.from({ length: 30 }, () =>
      openPostgres({ connectionString: url, schema, poolSize: 1 }),
    );
    await Promise.all(modules.map((module) => module.init()));
  });

  test("one killed half-way, wherever that is: nothing of it is ever seen, and the next creates it whole", async () => {
    let cutShort = 0;
    for (const statements of [4, 7, 10, 13, 16, 18]) {
      const schema = freshSchema(url);
      const proxy = await startProxy(url);
      const connectionString = withUrl(url, (target) => {
        target.port = String(proxy.port);
      });
      // Each statement takes its time, so that the kill meets the one that is meant.
      proxy.mode = "delay";
      const child = startChild("sequence.mjs", [
        "postgres",
        JSON.stringify({ connectionString, schema }),
        0,
        0,
        "batch",
      ]);
      while (proxy.roundTrips < statements && child.process.exitCode === null) await delay(1);
      const tables = async (): Promise<number> =>
        (await query(url, "select tablename from pg_tables where schemaname = $1", [schema])).length;
      if ((await tables()) === 0) cutShort++;
      child.process.kill("SIGKILL");
      await child.ended;
      await proxy.close();
      expect([0, 7], "all tables or none").toContain(await tables());
      const { exports: storage } = openPostgres({ connectionString: url, schema });
      await storage.storeGType(gtype("after"));
      expect(await storage.getGType("after")).toEqual(gtype("after"));
      expect(await tables()).toBe(7);
    }
    report(`F20 killed while creating, ${name}`, { injected: 6, "cut short": cutShort, lost: 0 });
    expect(cutShort).toBeGreaterThan(2);
  });
});

describe.each(servers)("F24, S11: a process ends without shutdown, on $name", ({ url }) => {
  test.each([
    ["exit", 3, null],
    ["throw", 1, null],
    ["SIGTERM", null, "SIGTERM"],
    ["by itself: an idle pool keeps nothing alive", 0, null],
  ])("%s: what was acknowledged is there", async (how, exitCode, signal) => {
    const schema = freshSchema(url);
    const ended = await runChild("leave.mjs", [
      "postgres",
      JSON.stringify({ connectionString: url, schema }),
      how,
    ]);
    expect(ended).toMatchObject({ lines: ["done"], exitCode, signal });
    const { exports: storage } = openPostgres({ connectionString: url, schema });
    expect(await read(storage, "gtype", 1)).toEqual(documentOf("gtype", 1, 1));
  });

  test("with a server that has fallen silent: shutdown() ends, and so does the process", async () => {
    const schema = freshSchema(url);
    const proxy = await startProxy(url);
    onTestFinished(() => proxy.close());
    const connectionString = withUrl(url, (target) => {
      target.port = String(proxy.port);
    });
    const options = { connectionString, schema, timeout: 500, connectTimeout: 500 };
    const child = startChild("silence.mjs", ["postgres", JSON.stringify(options)]);
    await child.line((line) => line === "stored");
    proxy.mode = "silence";
    child.process.kill("SIGUSR2");
    const { lines, exitCode } = await child.ended;
    expect({ lines, exitCode }).toEqual({ lines: ["stored", "TIMEOUT TIMEOUT", "shut down"], exitCode: 0 });
  });
});
