import { createPool } from "mysql2";
import { createConnection } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";

import { report } from "../../faults/report.js";
import { countLost, Load } from "../../postgres/load.js";
import { freshDatabase, gtype, killConnections, mysqlServers, openMysql, untilRows } from "../support.js";

const ROUNDS = Number(process.env["STORAGE_TEST_TERMINATIONS"] ?? 40);

describe.each(await mysqlServers())(
  "F11, connections killed by the server, on MySQL or MariaDB",
  ({ server }) => {
    test(`${ROUNDS} times under 16 writers: recovers at once, loses nothing, every error is typed`, async () => {
      const { url, name } = await freshDatabase(server);
      // Four storages, so that statements are under way at any time.
      const modules = Array.from({ length: 4 }, () => openMysql({ connectionString: url }));
      for (const module of modules) await module.init();
      const load = new Load(
        modules.map(({ exports }) => exports),
        16,
      );
      let killed = 0;
      for (let round = 0; round < ROUNDS; round++) {
        await load.more(16);
        killed += await killConnections(server, name);
      }
      await load.more(64);
      const result = await load.stop();
      for (const { error } of result.failed)
        expect(error).toMatchObject({ code: expect.stringMatching(/UNAVAILABLE|TIMEOUT/), retryable: true });
      const lost = await countLost(modules[0]!.exports, result);
      report("F11 killed connections, mysql", {
        injected: killed,
        acknowledged: result.acknowledged.length,
        failed: result.failed.length,
        lost,
      });
      expect(killed).toBeGreaterThan(ROUNDS);
      expect(lost).toBe(0);
    });

    test.each(["ours", "theirs"])(
      "idle connections are lost (a pool of %s): the process lives, the next call works",
      async (whose) => {
        const { url, name } = await freshDatabase(server);
        const pool = createPool({ uri: url });
        onTestFinished(() => pool.promise().end());
        const { exports: storage } = openMysql(whose === "ours" ? { connectionString: url } : { pool });
        await storage.storeGType(gtype("before"));
        for (let round = 0; round < 10; round++) {
          expect(await killConnections(server, name)).toBeGreaterThan(0);
          expect(await storage.getGType("before")).toEqual(gtype("before"));
        }
        await storage.storeGType(gtype("after"));
        expect(storage.getStats().gtypeCount).toBe(2);
      },
    );

    test("F18: a transaction that is killed in the middle leaves nothing", async () => {
      const { url, name } = await freshDatabase(server);
      const { exports: storage } = openMysql({ connectionString: url });
      await storage.storeVersionGraph({ handlerId: "held" } as never);
      const holder = await createConnection({ uri: server });
      onTestFinished(() => holder.destroy());
      await holder.query("start transaction");
      await holder.query(`select * from \`${name}\`.gati_version_graph for update`);
      const batch = Promise.allSettled([
        storage.storeGType(gtype("first")),
        storage.storeVersionGraph({ handlerId: "held", changed: true } as never),
      ]);
      await untilRows(
        server,
        `select 1 from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
       where t.trx_state = 'LOCK WAIT' and p.db = ?`,
        [name],
      );
      await killConnections(server, name);
      for (const one of await batch)
        expect(one).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
      await holder.query("rollback");
      expect(await storage.getGType("first")).toBeUndefined();
      expect(await storage.getVersionGraph("held")).toEqual({ handlerId: "held" });
    });
  },
);
