import { createPool } from "mysql2";
import { describe, expect, onTestFinished, test } from "vitest";

import { query } from "./server/server.js";
import {
  expectRefusal,
  freshDatabase,
  gtype,
  manifest,
  mysqlServers,
  openMysql,
  withUrl,
} from "./support.js";

describe.each(await mysqlServers())(
  "S15: what is there, and who may create it, on MySQL or MariaDB",
  ({ server }) => {
    /** A user who may do so much in the database, as a URL. */
    async function userWith(rights: string, { url, name }: { url: string; name: string }): Promise<string> {
      const user = `u${name.slice(-12)}`;
      await query(
        server,
        `create user '${user}'@'%' identified by ''; grant ${rights} on \`${name}\`.* to '${user}'@'%'`,
      );
      onTestFinished(async () => {
        await query(server, `drop user '${user}'@'%'`);
      });
      return withUrl(url, (target) => {
        target.username = user;
        target.password = "";
      });
    }

    test("a user without rights to create: 'auto' is refused while tables are missing; then all three work", async () => {
      const database = await freshDatabase(server);
      const modest = await userWith("select, insert, update, delete", database);
      const open = (migrate: "auto" | "verify" | "off") =>
        openMysql({ connectionString: modest, migrate }).exports;
      const auto = await expectRefusal(() => open("auto").storeGType(gtype("a")), "READ_ONLY");
      expect(auto).toMatchObject({
        outcome: "not-written",
        hint: expect.stringContaining("verify"),
        cause: { errno: 1142 },
      });
      const verify = await expectRefusal(() => open("verify").storeGType(gtype("a")), "SCHEMA_MISMATCH");
      expect(verify.hint).toContain("auto");
      await expectRefusal(() => open("off").storeGType(gtype("a")), "SCHEMA_MISMATCH");

      await openMysql({ connectionString: database.url }).init();
      for (const migrate of ["auto", "verify", "off"] as const) {
        const storage = open(migrate);
        await storage.storeGType(gtype(migrate));
        await Promise.all([1, 2].map((n) => storage.storeManifest(manifest(migrate, `${n}`))));
        expect(await storage.getGType(migrate)).toEqual(gtype(migrate));
      }
      await open("auto").clear();
    });

    test("a user who may only read: READ_ONLY for writes, answers for reads", async () => {
      const database = await freshDatabase(server);
      await openMysql({ connectionString: database.url }).exports.storeGType(gtype("a"));
      const { exports: storage } = openMysql({ connectionString: await userWith("select", database) });
      expect(await storage.getGType("a")).toEqual(gtype("a"));
      await expectRefusal(() => storage.storeGType(gtype("b")), "READ_ONLY");
    });

    test("a newer schema is refused, naming both versions, and left as it is; so are tables of another kind", async () => {
      const { url } = await freshDatabase(server);
      await openMysql({ connectionString: url }).init();
      await query(url, "update gati_meta set value = 99 where name = 'schema_version'");
      for (const migrate of ["auto", "verify"] as const) {
        const error = await expectRefusal(
          () => openMysql({ connectionString: url, migrate }).init(),
          "SCHEMA_MISMATCH",
        );
        expect(error.message).toMatch(/99.*1/);
      }
      expect(await query(url, "select value from gati_meta")).toEqual([{ value: 99 }]);

      const other = await freshDatabase(server);
      await query(other.url, "create table gati_meta (foreign_column int)");
      await expectRefusal(() => openMysql({ connectionString: other.url }).init(), "SCHEMA_MISMATCH");
      expect(await query(other.url, "show tables")).toHaveLength(1);
    });

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

    test("a pool of the user's that is ended meanwhile: typed, no exit", async () => {
      const { url } = await freshDatabase(server);
      const pool = createPool({ uri: url });
      const module = openMysql({ pool });
      await module.exports.storeGType(gtype("a"));
      await pool.promise().end();
      const error = await expectRefusal(() => module.exports.storeGType(gtype("b")), "UNAVAILABLE");
      expect(error.outcome).toBe("not-written");
      expect(await module.healthCheck()).toBe(false);
    });
  },
);

/** How many listeners a connection has that has never been ours. */
async function freshListeners(uri: string): Promise<number> {
  const pool = createPool({ uri });
  const connection = await pool.promise().getConnection();
  const count = connection.connection.listenerCount("error");
  connection.release();
  await pool.promise().end();
  return count;
}
