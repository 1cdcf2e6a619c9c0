import { createPool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";

import { query } from "./server/server.js";
import { expectRefusal, describeMysql, freshDatabase, gtype, openMysql } from "./support.js";

describeMysql("S15: what is there, and who may create it", (server) => {
  test("half of the tables, as a killed process leaves them: 'verify' refuses, 'auto' completes them, 8 at once", async () => {
    for (const missing of ["gati_meta", "gati_meta, gati_version_graph, gati_gtype", ""]) {
      const { url } = await freshDatabase(server);
      await openMysql({ connectionString: url }).exports.storeHookManifest({
        handlerId: "kept",
        hooks: [],
      } as never);
      await query(url, missing === "" ? "delete from gati_meta" : `drop table ${missing}`);
      await expectRefusal(
        () => openMysql({ connectionString: url, migrate: "verify" }).init(),
        "SCHEMA_MISMATCH",
      );
      const modules = Array.from({ length: 8 }, () => openMysql({ connectionString: url, poolSize: 1 }));
      await Promise.all(modules.map((module) => module.init()));
      expect(await modules[0]?.exports.listHookManifests()).toHaveLength(1);
      expect(await query(url, "show tables")).toHaveLength(7);
    }
  });

  test("two prefixes and two databases in pools of the user's, which are never ended", async () => {
    const [one, two] = [await freshDatabase(server), await freshDatabase(server)];
    const pools = [one, two].map(({ url }) => createPool({ uri: url, connectionLimit: 3 }));
    onTestFinished(async () => {
      await Promise.all(pools.map((pool) => pool.promise().end()));
    });
    const modules = pools.flatMap((pool) =>
      ["gati_", "select_", "x234567890123456"].map((tablePrefix) => openMysql({ pool, tablePrefix })),
    );
    await Promise.all(modules.map(({ exports }, n) => exports.storeGType(gtype("same", { n }))));
    for (const [n, { exports }] of modules.entries()) {
      expect(await exports.getGType("same")).toEqual(gtype("same", { n }));
      expect(exports.getStats().gtypeCount).toBe(1);
    }
    await modules[0]?.exports.clear();
    expect(await modules[1]?.exports.getGType("same")).toEqual(gtype("same", { n: 1 }));
    await Promise.all(modules.map((module) => module.shutdown()));
    for (const pool of pools) {
      const connection = await pool.promise().getConnection();
      expect((await connection.query("select 1 as one"))[0]).toEqual([{ one: 1 }]);
      expect(connection.connection.listenerCount("error"), "nothing of ours stays on it").toBe(
        (await freshListeners(one.url)) as number,
      );
      connection.release();
    }
  });

  test("autocommit that is off is refused: nothing would be committed", async () => {
    const { url } = await freshDatabase(server);
    const pool = createPool({ uri: url });
    onTestFinished(() => pool.promise().end());
    pool.on("connection", (connection) => connection.query("set session autocommit = 0"));
    const error = await expectRefusal(() => openMysql({ pool }).init(), "INVALID_OPTION");
    expect(error.hint).toContain("autocommit = 1");
  });
});

/** How many listeners a connection has that has never been ours. */
async function freshListeners(uri: string): Promise<number> {
  const pool = createPool({ uri });
  const connection = await pool.promise().getConnection();
  const count = connection.connection.listenerCount("error");
  connection.release();
  await pool.promise().end();
  return count;
}
