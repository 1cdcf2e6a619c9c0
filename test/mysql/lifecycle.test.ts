import { StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

import { report } from "../faults/report.js";
import { query } from "./server/server.js";
import {
  doc,
  expectRefusal,
  freshDatabase,
  gtype,
  manifest,
  mysqlServers,
  openMysql,
  proxied,
} from "./support.js";

describe.each(await mysqlServers())("S11, on MySQL or MariaDB", ({ server }) => {
  test("F25: 50 writes and a shutdown, 20 times: each is stored, or refused with CLOSED", async () => {
    const { url } = await freshDatabase(server);
    const stored = new Set<string>();
    let refused = 0;
    for (let round = 0; round < 20; round++) {
      const module = openMysql({ connectionString: url });
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
      await expectRefusal(() => module.exports.getGType("any"), "CLOSED");
    }
    const rows = await query(url, "select convert(ref using utf8mb4) as ref from gati_gtype");
    expect(new Set(rows.map(({ ref }) => ref))).toEqual(stored);
    expect(stored.size + refused).toBe(1_000);
    report("F25 shutdown racing, mysql", { injected: 20, acknowledged: stored.size, refused, lost: 0 });
  });

  test("our pool is small: 4 connections at most, however many calls; none is left after shutdown()", async () => {
    const { url, name } = await freshDatabase(server);
    const module = openMysql({ connectionString: url });
    const { exports: storage } = module;
    await Promise.all(Array.from({ length: 200 }, (_, n) => storage.storeGType(gtype(`${n}`))));
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => storage.getGType(`${n % 200}`)));
    const connections = async (): Promise<number> =>
      (await query(server, "select id from information_schema.processlist where db = ?", [name])).length;
    expect(await connections()).toBe(4);
    await module.shutdown();
    await expect.poll(connections).toBe(0);
  });

  test("F27: the server is silent and 100,100 calls come: bounded, BUSY beyond, and it works afterwards", async () => {
    const { url } = await freshDatabase(server);
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openMysql({ connectionString, timeout: 3_000, connectTimeout: 500 });
    await storage.storeGType(gtype("before"));
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
    expect(await storage.getGType("before")).toEqual(gtype("before"));
    await storage.storeGType(gtype("after"));
    report("F27 a queue without end, mysql", { injected: 100_100, acknowledged: 2, busy: 100, lost: 0 });
  });
});

describe.each(await mysqlServers())(
  "F28: rows that somebody else wrote, on MySQL or MariaDB",
  ({ server }) => {
    test.each([
      ["no JSON", "no json at all, SECRET-DOCUMENT"],
      ["cut short", '{"ref":"bad","kind":"SECRET-DOCUMENT'],
      ["no object", '"SECRET-DOCUMENT"'],
      ["lacking its key", '{"kind":"SECRET-DOCUMENT"}'],
      ["empty", ""],
      ["no UTF-8", Buffer.from('{"ref":"bad","\xff', "latin1")],
    ])("%s: CORRUPT for that row alone, naming it, and not showing it", async (_, data) => {
      const { url } = await freshDatabase(server);
      const { exports: storage } = openMysql({ connectionString: url });
      await storage.storeGType(gtype("good"));
      await storage.storeHookManifest(doc({ handlerId: "good", hooks: [] }));
      await storage.storeManifest(manifest("m", "good"));
      await query(url, "insert into gati_gtype (ref, data) values ('bad', ?)", [data]);
      await query(url, "insert into gati_hook_manifest (handler_id, data) values ('bad', ?)", [data]);

      const error = await expectRefusal(() => storage.getGType("bad"), "CORRUPT");
      expect(error).toMatchObject({ entity: "gtype", key: ["bad"], retryable: false });
      expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain("SECRET");
      await expectRefusal(() => storage.listHookManifests(), "CORRUPT");
      expect(await storage.getGType("good")).toEqual(gtype("good"));

      // Stored again, it is whole again.
      await storage.storeGType(gtype("bad"));
      expect(await storage.getGType("bad")).toEqual(gtype("bad"));
    });
  },
);
