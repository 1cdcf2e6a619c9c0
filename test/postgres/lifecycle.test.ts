import { StorageError } from "@gati-framework/storage-kit";
import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { startProxy } from "./proxy.js";
import { query, testServers } from "./server/servers.js";
import {
  expectRefusal,
  freshSchema,
  gtype,
  openPostgres,
  settles,
  untilAnswered,
  withUrl,
} from "./support.js";
import { report } from "../faults/report.js";

describe.each(await testServers())("S11, on $name", ({ name, url }) => {
  test("F25: 50 writes and a shutdown, 20 times: each is stored, or refused with CLOSED", async () => {
    const schema = freshSchema(url);
    const stored = new Set<string>();
    let refused = 0;
    for (let round = 0; round < 20; round++) {
      const module = openPostgres({ connectionString: url, schema });
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
    const rows = await query(url, `select ref from "${schema}".gati_gtype`);
    expect(new Set(rows.map(({ ref }) => ref))).toEqual(stored);
    expect(stored.size + refused).toBe(1_000);
    report(`F25 shutdown racing, ${name}`, { injected: 20, acknowledged: stored.size, refused, lost: 0 });
  });

  test("init() opens it again; shutdown() before the first call is no matter", async () => {
    const module = openPostgres({ connectionString: url, schema: freshSchema(url) });
    await module.shutdown();
    await expectRefusal(() => module.exports.getGType("a"), "CLOSED");
    await module.init();
    await module.exports.storeGType(gtype("a"));
    await module.shutdown();
    await module.init();
    expect(await module.exports.getGType("a")).toEqual(gtype("a"));
  });

  test("getStats() before it has opened is NOT_OPEN; afterwards it is at hand, and exact", async () => {
    const schema = freshSchema(url);
    const other = openPostgres({ connectionString: url, schema });
    await other.exports.storeGType(gtype("a"));
    const module = openPostgres({ connectionString: url, schema });
    await expectRefusal(async () => module.exports.getStats(), "NOT_OPEN");
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(1);
    await other.exports.storeGType(gtype("b"));
    expect(module.exports.getStats().gtypeCount, "somebody else's").toBe(1);
    expect((await module.refreshStats()).gtypeCount).toBe(2);
  });

  test("our pool is small: 4 connections at most, however many calls", async () => {
    const schema = freshSchema(url);
    const { exports: storage } = openPostgres({
      connectionString: `${url}?application_name=${schema}`,
      schema,
    });
    await Promise.all(Array.from({ length: 200 }, (_, n) => storage.storeGType(gtype(`${n}`))));
    let most = 0;
    const reads = Promise.all(Array.from({ length: 2_000 }, (_, n) => storage.getGType(`${n % 200}`)));
    const watch = async (): Promise<void> => {
      const [row] = await query(
        url,
        "select count(*)::int as n from pg_stat_activity where application_name = $1",
        [schema],
      );
      most = Math.max(most, Number(row?.["n"]));
    };
    await Promise.all([reads, watch(), watch(), watch()]);
    await watch();
    expect(most).toBe(4);
  });

  test("F27: the server is silent and 100,001 calls come: bounded, BUSY beyond, and it works afterwards", async () => {
    const schema = freshSchema(url);
    const proxy = await startProxy(url);
    onTestFinished(() => proxy.close());
    const connectionString = withUrl(url, (target) => {
      target.port = String(proxy.port);
    });
    const { exports: storage } = openPostgres({
      connectionString,
      schema,
      timeout: 3_000,
      connectTimeout: 500,
    });
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
    report(`F27 a queue without end, ${name}`, { injected: 100_100, acknowledged: 2, busy: 100, lost: 0 });
  });

  test("a pool of the user's without listeners, and one that is ended meanwhile: typed, no exit", async () => {
    const pool = new Pool({ connectionString: url });
    const module = openPostgres({ pool, schema: freshSchema(url) });
    await module.exports.storeGType(gtype("a"));
    await pool.end();
    const settled = await settles(() => module.exports.storeGType(gtype("b")));
    expect(settled).toMatchObject({
      reason: { name: "StorageError", code: "UNAVAILABLE", outcome: "not-written" },
    });
    expect(await module.healthCheck()).toBe(false);
  });
});
