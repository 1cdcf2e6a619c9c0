import { createPool } from "mysql2";
import { createConnection, type Connection } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";

import { report } from "../../faults/report.js";
import { query } from "../server/server.js";
import {
  expectRefusal,
  freshDatabase,
  gtype,
  mysqlServers,
  openMysql,
  settles,
  untilAnswered,
} from "../support.js";

const servers = await mysqlServers();

async function connect(url: string): Promise<Connection> {
  const connection = await createConnection({ uri: url });
  onTestFinished(() => connection.destroy());
  return connection;
}

describe.each(servers)("F14, a row locked by somebody else, on MySQL or MariaDB", ({ server }) => {
  test("the server gives up before the client does, so nothing lands late", async () => {
    const { url } = await freshDatabase(server);
    const { exports: storage } = openMysql({ connectionString: url, timeout: 3_000 });
    await storage.storeGType(gtype("held", { revision: 1 }));
    const holder = await connect(url);
    await holder.query("start transaction");
    await holder.query("select * from gati_gtype for update");
    const store = (revision: number): Promise<void> => storage.storeGType(gtype("held", { revision }));
    for (const calls of [[2], [3, 4]]) {
      for (const one of await Promise.allSettled(calls.map(store))) {
        expect(one).toMatchObject({
          reason: { code: "BUSY", outcome: "not-written", retryable: true, cause: { errno: 1205 } },
        });
      }
    }
    await holder.query("commit");
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 1 }));
    await store(5);
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 5 }));
    report("F14 locks, mysql", { injected: 2, acknowledged: 2, lost: 0 });
  });

  test("a lock in the middle of a transaction: all of it is taken back, and the connection goes on", async () => {
    const { url } = await freshDatabase(server);
    const { exports: storage } = openMysql({ connectionString: url, timeout: 2_000, poolSize: 1 });
    await storage.storeVersionGraph({ handlerId: "held" } as never);
    const holder = await connect(url);
    await holder.query("start transaction");
    await holder.query("select * from gati_version_graph for update");
    const batch = await Promise.allSettled([
      storage.storeGType(gtype("first")),
      storage.storeVersionGraph({ handlerId: "held", changed: true } as never),
    ]);
    for (const one of batch) expect(one).toMatchObject({ reason: { code: "BUSY", outcome: "not-written" } });
    await holder.query("rollback");
    expect(await storage.getGType("first")).toBeUndefined();
    await storage.storeGType(gtype("second"));
    expect(await query(url, "select ref from gati_gtype")).toHaveLength(1);
  });
});

describe.each(servers)("F17, a pool that is exhausted, on MySQL or MariaDB", ({ server }) => {
  test("one connection, held: 500 calls fail in time; afterwards it works", async () => {
    const { url } = await freshDatabase(server);
    const pool = createPool({ uri: url, connectionLimit: 1 });
    onTestFinished(() => pool.promise().end());
    const [timeout, connectTimeout] = [800, 500];
    await openMysql({ pool }).init();
    const module = openMysql({ pool, timeout, connectTimeout });
    await untilAnswered(() => module.exports.storeGType(gtype("before")));
    const held = await pool.promise().getConnection();
    const calls = Array.from({ length: 500 }, (_, n) =>
      settles<unknown>(() =>
        n % 2 === 0 ? module.exports.storeGType(gtype(`n${n}`)) : module.exports.getGType(`n${n}`),
      ),
    );
    for (const one of await Promise.all(calls)) {
      expect(one).toMatchObject({ status: "rejected", reason: { code: "TIMEOUT", outcome: "not-written" } });
    }
    held.release();
    expect(await untilAnswered(() => module.exports.getGType("before"))).toEqual(gtype("before"));
    expect((await untilAnswered(() => module.refreshStats())).gtypeCount).toBe(1);
    await untilAnswered(() => module.exports.storeGType(gtype("after")));
    report("F17 pool exhausted, mysql", { injected: 1, acknowledged: 2, lost: 0, "failed in time": 500 });
  });
});

describe.each(servers)("F18, refusals of the server, on MySQL or MariaDB", ({ server }) => {
  test("deadlocks between two storages are retried: batches in opposite orders all succeed", async () => {
    const { url } = await freshDatabase(server);
    const [one, two] = [openMysql({ connectionString: url }), openMysql({ connectionString: url })];
    const refs = Array.from({ length: 20 }, (_, n) => `r${n}`);
    await Promise.all(refs.map((ref) => one.exports.storeGType(gtype(ref))));
    await two.init();
    // Slow enough to meet.
    await query(url, "create trigger dawdle before update on gati_gtype for each row do sleep(0.002)");
    const deadlocks = async (): Promise<number> =>
      Number(
        (
          await query(
            url,
            "select count from information_schema.innodb_metrics where name = 'lock_deadlocks'",
          )
        )[0]?.["count"],
      );
    const before = await deadlocks();
    const rounds = 10;
    for (let round = 0; round < rounds; round++) {
      await Promise.all([
        ...refs.map((ref) => one.exports.storeGType(gtype(ref, { round }))),
        ...refs.toReversed().map((ref) => two.exports.storeGType(gtype(ref, { round }))),
      ]);
    }
    const injected = (await deadlocks()) - before;
    report("F18 deadlocks, mysql", { injected, acknowledged: 2 * rounds * refs.length, lost: 0 });
    expect(injected).toBeGreaterThan(0);
  });

  test("what the server refuses for good is typed, and the connection goes on", async () => {
    const { url } = await freshDatabase(server);
    const { exports: storage } = openMysql({ connectionString: url, poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    for (const [errno, code, outcome] of [
      [1213, "BUSY", "not-written"],
      [1205, "BUSY", "not-written"],
      [1317, "TIMEOUT", "not-written"],
      [1290, "READ_ONLY", "not-written"],
      [1062, "CONFLICT", "not-written"],
      [1114, "DISK_FULL", "not-written"],
      [1142, "READ_ONLY", "not-written"],
      [1026, "IO", "unknown"],
      [1034, "CORRUPT", "not-written"],
      [1644, "INTERNAL", "not-written"],
    ] as const) {
      await query(
        url,
        `drop trigger if exists refuse;
         create trigger refuse before insert on gati_version_graph for each row
           signal sqlstate '45000' set mysql_errno = ${errno}, message_text = 'document-xyzzy'`,
      );
      const error = await expectRefusal(() => storage.storeVersionGraph({ handlerId: "a" } as never), code);
      expect(error, String(errno)).toMatchObject({ outcome, cause: { errno } });
      expect(error.message).not.toContain("xyzzy");
      expect(await storage.getGType("warm"), `after ${errno}`).toEqual(gtype("warm"));
    }
  });

  test("a proxy that cannot keep prepared statements: they are sent as text from then on", async () => {
    const { url } = await freshDatabase(server);
    const pool = createPool({ uri: url });
    onTestFinished(() => pool.promise().end());
    const { exports: storage } = openMysql({ pool });
    await storage.storeGType(gtype("before"));
    // Ended behind mysql2's back, as a proxy that swaps connections does.
    let ended = 0;
    pool.on("acquire", (connection) => {
      const { _statements: statements } = connection as unknown as {
        _statements: Map<string, { id: number }>;
      };
      for (const statement of statements.values()) {
        statement.id += 1_000_000;
        ended++;
      }
    });
    const body = `'"\\ ? é😀 \0`;
    await storage.storeGType(gtype("after", { body }));
    await Promise.all(["a", "b"].map((ref) => storage.storeGType(gtype(ref, { body }))));
    for (const ref of ["after", "a", "b"]) expect(await storage.getGType(ref)).toEqual(gtype(ref, { body }));
    expect(storage.getStats().gtypeCount).toBe(4);
    expect(ended).toBeGreaterThan(0);
  });
});
