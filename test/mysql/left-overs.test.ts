import { createPool } from "mysql2";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { expect, onTestFinished, test } from "vitest";

import { query, type TestDatabase } from "./server/server.js";
import { createDialect } from "@gati-framework/storage-mysql";
import { runStepsLater, runUpgrade } from "@gati-framework/storage-kit/sql";
import {
  expectRefusal,
  describeMysql,
  freshDatabase,
  gtype,
  manifest,
  openMysql,
  untilRows,
  withTexts,
} from "./support.js";

/** What an upgrade leaves when it is killed right after its tables have taken their places, and one that was killed earlier. */
const LEAVE = `create table \`gati_migration_0$\` like gati_meta; create table \`gati_migration_12$\` like gati_gtype;
  create table gati_migration_3 like gati_gtype; insert into gati_meta values ('left_over', 1)`;

describeMysql("S15: what an upgrade leaves", (server) => {
  async function untidy(): Promise<TestDatabase> {
    const database = await freshDatabase(server);
    const storage = openMysql({ connectionString: database.url });
    await storage.exports.storeGType(gtype("kept"));
    // Names that only look alike: those of another storage, and of somebody else's table.
    await openMysql({ connectionString: database.url, tablePrefix: "gati_migration_" }).init();
    await query(database.url, `create table gati_migration_1_of_ours (n int); ${LEAVE}`);
    return database;
  }

  test("the next to open drops it, eight at once, and nothing else", async () => {
    const { url } = await untidy();
    const modules = Array.from({ length: 8 }, () => openMysql({ connectionString: url, poolSize: 1 }));
    await Promise.all(modules.map((module) => module.init()));
    expect(await leftOvers(url)).toEqual(["gati_migration_1_of_ours"]);
    expect(await query(url, "select cast(name as char) as name, value from gati_meta")).toEqual([
      { name: "schema_version", value: 1 },
    ]);
    expect(await modules[0]?.exports.getGType("kept")).toEqual(gtype("kept"));
    expect(
      await query(
        url,
        "select count(*) as tables from information_schema.tables where table_schema = database()",
      ),
    ).toEqual([{ tables: 15 }]);
  });

  test.each(["verify", "off"] as const)("`migrate: '%s'` leaves it", async (migrate) => {
    const { url } = await untidy();
    const module = openMysql({ connectionString: url, migrate });
    expect(await module.exports.getGType("kept")).toEqual(gtype("kept"));
    expect(await leftOvers(url)).toHaveLength(4);
  });

  test("one at a time: whoever comes second waits for the lock, and gives its connection back as it was", async () => {
    const { url, name } = await untidy();
    const first = await createConnection({ uri: url });
    onTestFinished(() => first.destroy());
    await first.query("select get_lock(sha1(concat('storage tables in ', database())), 0)");
    const module = openMysql({ connectionString: url, poolSize: 1 });
    const opening = module.init();
    await untilRows(
      server,
      "select 1 from information_schema.processlist where db = ? and state = 'User lock'",
      [name],
    );
    expect(await leftOvers(url)).toHaveLength(4);
    first.destroy();
    await opening;
    expect(await leftOvers(url)).toHaveLength(1);
    // Nobody holds it any more, though the storage is open.
    expect(
      await query(url, "select is_free_lock(sha1(concat('storage tables in ', database()))) as free"),
    ).toEqual([{ free: 1 }]);
  });

  test("a failure gives the lock back, too, and says what is missing", async () => {
    const { url, name } = await untidy();
    const user = `u${name.slice(-12)}`;
    await query(
      server,
      `create user '${user}'@'%' identified by ''; grant select, insert, update, delete on \`${name}\`.* to '${user}'@'%'`,
    );
    onTestFinished(async () => {
      await query(server, `drop user '${user}'@'%'`);
    });
    const modest = new URL(url);
    modest.username = user;
    modest.password = "";
    const error = await expectRefusal(() => openMysql({ connectionString: modest.href }).init(), "READ_ONLY");
    expect(error.hint).toContain("verify");
    await openMysql({ connectionString: url }).init();
    expect(await leftOvers(url)).toHaveLength(1);
  });

  test("the next upgrade drops it, though nobody has opened the database since", async () => {
    const { url } = await untidy();
    const reindexed = { kind: "reindex", entity: "manifest", table: "manifest", indexes: [] } as const;
    const facts = {
      backend: "mysql",
      where: "the tables",
      version: 2,
      migrate: "auto",
      dialect: createDialect("gati_").migration,
      upgrades: { 1: { from: 1, to: 2, readableFrom: 1, tables: [reindexed] } },
    } as const;
    const connection = await createConnection({ uri: url, charset: "utf8mb4" });
    onTestFinished(() => connection.destroy());
    await runStepsLater(runUpgrade(facts), async ({ sql, values }) => {
      const [rows] = await connection.query(sql, [...values]);
      return Array.isArray(rows) ? rows.map(withTexts) : [];
    });
    expect(await leftOvers(url)).toEqual(["gati_migration_1_of_ours"]);
    expect(await query(url, "select cast(name as char) as name, value from gati_meta order by name")).toEqual(
      [
        { name: "readable_from", value: 1 },
        { name: "schema_version", value: 2 },
      ],
    );
    await openMysql({ connectionString: url }).exports.storeManifest(manifest("later", "1"));
  });

  test("the limits that a connection had for short statements are back", async () => {
    const { url } = await untidy();
    const pool = createPool({ uri: url, connectionLimit: 1 });
    onTestFinished(() => pool.promise().end());
    const limits =
      "select @@session.lock_wait_timeout as a, @@session.innodb_lock_wait_timeout as b, @@session.group_concat_max_len as c";
    const ask = async (): Promise<unknown> => (await pool.promise().query<RowDataPacket[]>(limits))[0];
    await pool.promise().query("set session lock_wait_timeout = 7, innodb_lock_wait_timeout = 8");
    const before = await ask();
    await openMysql({ pool }).init();
    expect(await leftOvers(url)).toHaveLength(1);
    expect(await ask()).toEqual(before);
  });
});

async function leftOvers(url: string): Promise<unknown[]> {
  const rows = await query(
    url,
    "select table_name as name from information_schema.tables where table_schema = database() and table_name regexp '^gati_migration_[0-9]' order by 1",
  );
  return rows.map(({ name }) => name);
}
