/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { setImmediate as nextTurn } from "node:timers/promises";

import type { StorageContract } from "@gati-framework/storage";
import type { PostgresCacheOptions } from "@gati-framework/storage-postgres";
import { Client, Pool } from "pg";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";

import { countNews, historyOf, staleReads } from "../cache/history.js";
import { runChild } from "../faults/child.js";
import { findPgBouncer, startPgBouncer } from "./pgbouncer.js";
import { startProxy } from "../faults/proxy.js";
import { query, testServers } from "./server/servers.js";
import { expectRefusal, freshSchema, gtype, inSchema, manifest, openPostgres, withUrl } from "./support.js";

const servers = await testServers();

/** So long that nothing but a notification, or a lost connection, can have made an answer new. */
const AGES = 600_000;

/** Reads until it answers what is expected, for ten seconds at most. */
async function until(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const answer = await read();
    if (JSON.stringify(answer) === JSON.stringify(expected)) return;
    if (performance.now() > deadline) expect(answer).toEqual(expected);
    // What is answered from memory lets nothing in.
    await nextTurn();
  }
}

/** Whether reads of a document take no connection. */
async function listens(storage: StorageContract, connections: { taken: number }): Promise<boolean> {
  const before = connections.taken;
  for (let reads = 0; reads < 20; reads++) await storage.getGType("warm");
  return connections.taken === before;
}

describe.each(servers)("a cache of documents on $name", { timeout: 60_000 }, ({ url }) => {
  /** A storage with a cache on a pool that counts, beside somebody who writes with SQL. */
  async function open(cache: PostgresCacheOptions = { maxStale: AGES }, where = url, limits = {}) {
    const schema = freshSchema(url);
    const connections = { taken: 0 };
    const pool = new Pool({ connectionString: where, max: 3, application_name: schema });
    pool.on("acquire", () => connections.taken++);
    pool.on("error", () => {});
    onTestFinished(() => pool.end());
    const { exports: storage, init } = openPostgres({ pool, schema, cache, ...limits });
    await init();
    const write = (sql: string) => query(url, inSchema(sql, schema));
    return { storage, schema, write, connections, pool };
  }

  const findEcho = async (schema: string): Promise<string | undefined> => {
    const [row] = await query(
      url,
      "select substring(query from 'storage_echo_[0-9a-f]+') as echo from pg_stat_activity where application_name = $1 and query like 'listen%echo%'",
      [schema],
    );
    return row?.["echo"] as string | undefined;
  };

  /** Ends the connection that listens, and says how many there were. */
  const terminateListener = async (schema: string): Promise<number> => {
    const ended = await query(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and query like 'listen%echo%'",
      [schema],
    );
    return ended.length;
  };

  /** Reads until what it sends to itself has come back, twice: after the first it relies on it. */
  async function untilItHears(storage: StorageContract, schema: string): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    let heard = 0;
    client.on("notification", () => heard++);
    let listening: string | undefined;
    await until(async () => {
      await storage.getGType("warm");
      const echo = listening === undefined ? await findEcho(schema) : undefined;
      if (echo !== undefined) await client.query(`listen "${(listening = echo)}"`);
      return heard >= 2;
    }, true);
    await client.end();
  }

  /** Opens, and waits until it hears what others write. */
  async function openListening() {
    const opened = await open();
    await opened.storage.storeGType(gtype("warm"));
    await until(async () => {
      await opened.storage.getGType("warm");
      return (await findEcho(opened.schema)) !== undefined;
    }, true);
    await until(() => listens(opened.storage, opened.connections), true);
    return opened;
  }

  const SET = "update gati_gtype set data = jsonb_set(data::jsonb, '{n}', '2')::text";

  test("hears of every kind of change, whoever makes it, and reads it anew", async () => {
    const { storage, write, schema } = await openListening();
    const without = openPostgres({ connectionString: url, schema }).exports;
    const read = (ref: string) => storage.getGType(ref);
    await storage.storeGType(gtype("a", { n: 1 }));
    expect(await read("a")).toEqual(gtype("a", { n: 1 }));

    await write(`${SET} where ref = 'a'`);
    await until(async () => ((await read("a")) as { n?: number })?.n, 2);
    await without.storeGType(gtype("a", { n: 3 }));
    await until(() => read("a"), gtype("a", { n: 3 }));
    await write("delete from gati_gtype where ref = 'a'");
    await until(() => read("a"), undefined);
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => without.storeGType(gtype(n === 7 ? "a" : `${n}`))),
    );
    await until(() => read("a"), gtype("a"));
    await write("update gati_gtype set ref = 'b', data = replace(data, '\"a\"', '\"b\"') where ref = 'a'");
    await until(() => read("a"), undefined);
    await until(() => read("b"), gtype("b"));
    await write("truncate gati_gtype");
    await until(() => read("b"), undefined);

    for (const createdAt of [1, 2, 3]) {
      await without.storeManifest(manifest("h", `${createdAt}`, createdAt));
      await until(() => storage.getManifest("h"), manifest("h", `${createdAt}`, createdAt));
    }
    await without.clear();
    await until(() => storage.getManifest("h"), undefined);
    await until(() => storage.getManifest("h", "1"), undefined);
  });

  test("a key too long for a notification is no reason to refuse a write, and is told all the same", async () => {
    const { storage, write } = await openListening();
    // Control characters take six times their room.
    const key = "\u0001".repeat(1_500);
    expect(await storage.getGType("a")).toBeUndefined();
    await write(
      `insert into gati_gtype (ref, data) values ('${key}', '{}'), ('a', '${JSON.stringify(gtype("a"))}')`,
    );
    await until(() => storage.getGType("a"), gtype("a"));
  });

  test("a transaction that is rolled back changes nothing that is kept; one that commits is heard then", async () => {
    const { storage, connections, write } = await openListening();
    await storage.storeGType(gtype("a", { n: 1 }));
    await write(`do $$ begin ${SET}; raise exception 'no'; exception when others then null; end $$`);
    expect(await storage.getGType("a")).toEqual(gtype("a", { n: 1 }));
    await until(() => listens(storage, connections), true);
  });

  test("own writes are read at once, in whatever order the answers come", async () => {
    const { storage } = await openListening();
    for (let n = 1; n <= 100; n++) {
      const before = storage.getGType("a");
      const stored = storage.storeGType(gtype("a", { n }));
      expect(await storage.getGType("a")).toEqual(gtype("a", { n }));
      expect(await before).toEqual(n === 1 ? undefined : gtype("a", { n: n - 1 }));
      await stored;
      expect(await storage.getGType("a")).toEqual(gtype("a", { n }));
    }
  });

  test("a connection that is terminated: nothing of before is answered any more, and it listens again", async () => {
    const { storage, schema, connections, write } = await openListening();
    for (let round = 1; round <= 5; round++) {
      await storage.storeGType(gtype("a", { round }));
      expect(await storage.getGType("a")).toEqual(gtype("a", { round }));
      // In one transaction: whoever listened is gone before the write can be heard.
      await write(
        `begin; select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${schema}' and query like 'listen%';
         select pg_sleep(0.05); ${SET} where ref = 'a'; commit`,
      );
      await until(async () => ((await storage.getGType("a")) as { n?: number })?.n, 2);
      await until(async () => {
        await storage.getGType("warm");
        return (await findEcho(schema)) !== undefined;
      }, true);
      await until(() => listens(storage, connections), true);
    }
  });

  test("a connection that is terminated before it has heard itself: another one listens", async () => {
    const { storage, schema, connections, pool } = await open();
    await storage.storeGType(gtype("warm"));
    let terminated = 0;
    // While it looks whether the triggers are in place, after it has begun to listen.
    pool.on("acquire", (client) => {
      const send = client.query.bind(client) as (asked: { readonly text: string }) => Promise<never>;
      const sendLate = async (asked: { readonly text: string }): Promise<never> => {
        if (terminated === 0 && asked.text.includes("pg_trigger"))
          terminated = await terminateListener(schema);
        return send(asked);
      };
      Object.assign(client, { query: sendLate });
    });
    await until(async () => {
      await storage.getGType("warm");
      return terminated > 0 && (await findEcho(schema)) !== undefined;
    }, true);
    await until(() => listens(storage, connections), true);
  });

  test("S17, and anybody may send anything", async () => {
    const { storage, schema, write } = await openListening();
    await storage.storeGType(gtype("a", { n: 1 }));
    const [channel] = await query(
      url,
      "select substring(prosrc from 'storage_changes_[0-9a-f]+') as name from pg_proc where proname = 'gati_gtype_changed' and pronamespace = $1::regnamespace",
      [schema],
    );
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      "5",
      '["no such entity", 1]',
      '["gtype", {"a": 1}]',
      '["constructor"]',
    ]) {
      await query(url, "select pg_notify($1, $2)", [channel?.["name"], text]);
      expect(await storage.getGType("a")).toEqual(gtype("a", { n: 1 }));
    }
    await write(`${SET} where ref = 'a'`);
    await until(async () => ((await storage.getGType("a")) as { n?: number })?.n, 2);
  });

  test.each([
    ["dropped", (table: string) => `drop trigger storage_updated on ${table}`],
    ["disabled", (table: string) => `alter table ${table} disable trigger storage_updated`],
    [
      "disabled for a while",
      (table: string) =>
        `alter table ${table} disable trigger storage_updated; alter table ${table} enable always trigger storage_updated`,
    ],
  ])("a trigger that is %s is found out; then it polls", async (_, sql) => {
    const { storage, schema, write } = await open({ maxStale: 100 });
    await storage.storeGType(gtype("a", { n: 1 }));
    await untilItHears(storage, schema);
    await until(() => storage.getGType("a"), gtype("a", { n: 1 }));
    const [change = "", restore] = sql(`"${schema}"."gati_gtype"`).split("; ");
    await query(url, change);
    await write(`${SET} where ref = 'a'`);
    if (restore !== undefined) await query(url, restore);
    await until(async () => ((await storage.getGType("a")) as { n?: number })?.n, 2);
  });

  test("a network that falls silent: nothing older than maxStale is answered", async () => {
    const proxy = await startProxy(url);
    onTestFinished(() => proxy.close());
    const behind = withUrl(url, (target) => {
      target.hostname = "127.0.0.1";
      target.port = String(proxy.port);
    });
    const { storage, write, schema } = await open({ maxStale: 300 }, behind, {
      timeout: 500,
      connectTimeout: 500,
    });
    await storage.storeGType(gtype("a", { n: 1 }));
    await untilItHears(storage, schema);
    for (let reads = 0; reads < 5; reads++) expect(await storage.getGType("a")).toEqual(gtype("a", { n: 1 }));
    proxy.mode = "silence";
    await write(`${SET} where ref = 'a'`);
    await new Promise((resolve) => setTimeout(resolve, 301));
    await expectRefusal(() => storage.getGType("a"), "TIMEOUT");
    proxy.mode = "reset";
    await storage.getGType("a").catch(() => {});
    proxy.mode = "forward";
    await until(async () => ((await storage.getGType("a").catch(() => undefined)) as { n?: number })?.n, 2);
  });

  test("a role that may create no triggers polls", async () => {
    const schema = freshSchema(url);
    await openPostgres({ connectionString: url, schema }).init();
    expect(
      await query(url, "select from pg_trigger where tgrelid = $1::regclass", [`"${schema}"."gati_gtype"`]),
    ).toEqual([]);
    await query(
      url,
      `create role "${schema}" login; grant usage on schema "${schema}" to "${schema}";
       grant select, insert, update, delete on all tables in schema "${schema}" to "${schema}"`,
    );
    onTestFinished(async () => {
      await query(url, `drop schema if exists "${schema}" cascade`);
      await query(url, `drop owned by "${schema}"`);
      await query(url, `drop role "${schema}"`);
    });
    const modest = withUrl(url, (target) => {
      target.username = schema;
    });
    for (const migrate of ["auto", "verify", "off"] as const) {
      const { exports: storage, shutdown } = openPostgres({
        connectionString: modest,
        schema,
        migrate,
        cache: { maxStale: 50 },
      });
      await storage.storeGType(gtype("a", { n: 1 }));
      for (let round = 0; round < 5; round++) {
        await until(() => storage.getGType("a"), gtype("a", { n: round === 0 ? 1 : round }));
        await query(url, `update "${schema}"."gati_gtype" set data = $1`, [
          JSON.stringify(gtype("a", { n: round + 1 })),
        ]);
      }
      await until(() => storage.getGType("a"), gtype("a", { n: 5 }));
      await shutdown();
    }
  });

  test("several processes that read and write 6 documents: own writes at once, others' within maxStale", async () => {
    const schema = freshSchema(url);
    const maxStale = 200;
    const options = { connectionString: url, schema, poolSize: 2, cache: { maxStale } };
    await runChild("leave.mjs", ["postgres", JSON.stringify(options), "exit"]);
    const history = await historyOf(3, 2_000, "postgres", options);
    expect(history).toHaveLength(6_000);
    expect(staleReads(history, maxStale)).toEqual([]);
    expect(countNews(history)).toBeGreaterThan(0);
  });

  test("S11: a process that leaves without shutting down ends by itself, though it listens", async () => {
    const schema = freshSchema(url);
    const { exitCode, lines } = await runChild("leave.mjs", [
      "postgres",
      JSON.stringify({ connectionString: url, schema, cache: true }),
      "read",
    ]);
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: ["done"] });
  });

  test("a pool of the user's has all its connections back after the shutdown, listening to nothing", async () => {
    const schema = freshSchema(url);
    const pool = new Pool({ connectionString: url, max: 2, application_name: schema });
    const { exports: storage, shutdown } = openPostgres({ pool, schema, cache: true });
    await storage.storeGType(gtype("a"));
    await untilItHears(storage, schema);
    await shutdown();
    const channels = await Promise.all([0, 1].map(() => pool.query("select pg_listening_channels()")));
    expect(channels.map(({ rows }) => rows)).toEqual([[], []]);
    await pool.end();
  });
});

const bouncer = findPgBouncer();

describe.skipIf(bouncer === undefined).each(servers)(
  "a cache of documents behind PgBouncer in transaction mode, before $name",
  { timeout: 60_000 },
  async ({ url }) => {
    if (bouncer === undefined) return;
    const pooler = await startPgBouncer(bouncer.binary, url, []);
    afterAll(() => pooler.close());

    test("polls, and answers nothing older than maxStale", async () => {
      const schema = freshSchema(url);
      const maxStale = 100;
      const options = { connectionString: pooler.url, schema, poolSize: 2, cache: { maxStale } };
      await runChild("leave.mjs", ["postgres", JSON.stringify(options), "exit"]);
      const history = await historyOf(3, 2_000, "postgres", options);
      expect(staleReads(history, maxStale)).toEqual([]);
      expect(countNews(history)).toBeGreaterThan(0);
    });

    test("uses what it keeps while nobody writes, and reads anew what somebody has written", async () => {
      const schema = freshSchema(url);
      let taken = 0;
      const pool = new Pool({ connectionString: pooler.url, max: 3 });
      pool.on("acquire", () => taken++);
      onTestFinished(() => pool.end());
      const { exports: storage } = openPostgres({ pool, schema, cache: { maxStale: 2_000 } });
      const other = openPostgres({ connectionString: url, schema }).exports;
      await storage.storeGType(gtype("a", { n: 0 }));
      for (let n = 1; n <= 3; n++) {
        await other.storeGType(gtype("a", { n }));
        await until(() => storage.getGType("a"), gtype("a", { n }));
        await until(async () => {
          const before = taken;
          for (let reads = 0; reads < 50; reads++) await storage.getGType("a");
          return taken - before < 10;
        }, true);
      }
    });
  },
);

describe("options", () => {
  test.each([
    ["a number of entries alone", 5, "option `cache` must be true, false or an object"],
    ["no time at all", { maxStale: 0 }, "option `maxStale` leaves no time at all"],
    ["no time", { maxStale: "1s" }, "option `maxStale` must be a whole number of milliseconds"],
    ["a slip", { maxStal: 5 }, "unknown option `maxStal`; did you mean `maxStale`?"],
  ])("cache: %s", async (_, cache, message) => {
    const options = { connectionString: "postgres://localhost/test", cache } as never;
    const error = await expectRefusal(() => openPostgres(options), "INVALID_OPTION");
    expect(error.message).toBe(`postgres: ${message}`);
  });

  test("a Kysely, and a pool of a single connection, cannot tell what others write", async () => {
    const db = { executeQuery: () => {}, connection: () => {}, transaction: () => {} } as never;
    const kysely = await expectRefusal(() => openPostgres({ db, cache: true }), "INVALID_OPTION");
    expect(kysely.message).toBe("postgres: option `cache` excludes `db`");
    const pool = new Pool({ max: 1 });
    const single = await expectRefusal(() => openPostgres({ pool, cache: true }), "INVALID_OPTION");
    expect(single.message).toBe(
      "postgres: option `cache` needs a connection of its own beside those of the `pool`",
    );
    await pool.end();
  });
});
