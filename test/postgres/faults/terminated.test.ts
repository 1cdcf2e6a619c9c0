import { Client, Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { countLost, Load } from "../load.js";
import { query, testServers } from "../server/servers.js";
import { freshSchema, gtype, openPostgres } from "../support.js";
import { report } from "../../faults/report.js";

const ROUNDS = Number(process.env["STORAGE_TEST_TERMINATIONS"] ?? 40);

const servers = await testServers();

/** Terminates the server's processes of one application, and says how many there were. */
async function terminate(url: string, application: string): Promise<number> {
  const rows = await query(
    url,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
    [application],
  );
  return rows.length;
}

describe.each(servers)("F11, terminated backends, on $name", ({ name, url }) => {
  test(`${ROUNDS} times under 16 writers: recovers at once, loses nothing, every error is typed`, async () => {
    const schema = freshSchema(url);
    const connectionString = `${url}?application_name=${schema}`;
    // Four storages, so that statements are under way at any time.
    const modules = Array.from({ length: 4 }, () => openPostgres({ connectionString, schema }));
    for (const module of modules) await module.init();
    const load = new Load(
      modules.map(({ exports }) => exports),
      16,
    );
    let terminated = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await load.more(16);
      terminated += await terminate(url, schema);
    }
    await load.more(64);
    const result = await load.stop();
    for (const { error } of result.failed)
      expect(error).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    const lost = await countLost(modules[0]!.exports, result);
    report(`F11 terminated backends, ${name}`, {
      injected: terminated,
      acknowledged: result.acknowledged.length,
      failed: result.failed.length,
      lost,
    });
    expect(terminated).toBeGreaterThan(ROUNDS);
    expect(lost).toBe(0);
  });

  test.each(["ours", "theirs"])(
    "idle connections are lost (a pool of %s): the process lives, the next call works",
    async (whose) => {
      const schema = freshSchema(url);
      const connectionString = `${url}?application_name=${schema}`;
      const pool = new Pool({ connectionString });
      const { exports: storage } = openPostgres(
        whose === "ours" ? { connectionString, schema } : { pool, schema },
      );
      onTestFinished(() => pool.end());
      await storage.storeGType(gtype("before"));
      for (let round = 0; round < 10; round++) {
        expect(await terminate(url, schema)).toBeGreaterThan(0);
        expect(await storage.getGType("before")).toEqual(gtype("before"));
      }
      await storage.storeGType(gtype("after"));
      expect(storage.getStats().gtypeCount).toBe(2);
    },
  );

  test("F18: a transaction that is terminated in the middle leaves nothing", async () => {
    const schema = freshSchema(url);
    const connectionString = `${url}?application_name=${schema}`;
    const { exports: storage } = openPostgres({ connectionString, schema });
    await storage.storeVersionGraph({ handlerId: "held" } as never);
    const holder = new Client({ connectionString: url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query(`begin; select * from "${schema}".gati_version_graph for update`);
    const batch = Promise.allSettled([
      storage.storeGType(gtype("first")),
      storage.storeVersionGraph({ handlerId: "held", changed: true } as never),
    ]);
    while (
      (
        await query(
          url,
          "select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
          [schema],
        )
      ).length === 0
    );
    await terminate(url, schema);
    for (const one of await batch)
      expect(one).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
    await holder.query("rollback");
    expect(await storage.getGType("first")).toBeUndefined();
    expect(await storage.getVersionGraph("held")).toEqual({ handlerId: "held" });
  });
});
