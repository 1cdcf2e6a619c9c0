import { Client, Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "../server/servers.js";
import {
  expectRefusal,
  freshSchema,
  gtype,
  openPostgres,
  settles,
  untilAnswered,
  untilRows,
} from "../support.js";
import { report } from "../../faults/report.js";

const servers = await testServers();

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

describe.each(servers)("F14, a row locked by somebody else, on $name", ({ name, url }) => {
  test("the server gives up before the client does, so nothing lands late", async () => {
    const schema = freshSchema(url);
    const { exports: storage } = openPostgres({ connectionString: url, schema, timeout: 1_000 });
    await storage.storeGType(gtype("held", { revision: 1 }));
    const holder = await connect(url);
    await holder.query(`begin; select * from "${schema}".gati_gtype for update`);
    const error = await expectRefusal(() => storage.storeGType(gtype("held", { revision: 2 })), "TIMEOUT");
    expect(error).toMatchObject({ outcome: "not-written", retryable: true, cause: { code: "57014" } });
    const batch = await Promise.allSettled(
      [2, 3].map((revision) => storage.storeGType(gtype("held", { revision }))),
    );
    for (const one of batch)
      expect(one).toMatchObject({ reason: { code: "TIMEOUT", outcome: "not-written" } });
    await holder.query("commit");
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 1 }));
    await storage.storeGType(gtype("held", { revision: 4 }));
    expect(await storage.getGType("held")).toEqual(gtype("held", { revision: 4 }));
    report(`F14 locks, ${name}`, { injected: 2, acknowledged: 2, lost: 0 });
  });
});

describe.each(servers)("F17, a pool that is exhausted, on $name", ({ name, url }) => {
  test("one connection, held: 500 calls fail in time; afterwards it works", async () => {
    const pool = new Pool({ connectionString: url, max: 1 });
    const [timeout, connectTimeout] = [800, 500];
    const module = openPostgres({ pool, schema: freshSchema(url), timeout, connectTimeout });
    onTestFinished(() => pool.end());
    await untilAnswered(() => module.exports.storeGType(gtype("before")));
    const held = await pool.connect();
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
    expect(pool.waitingCount).toBe(0);
    report(`F17 pool exhausted, ${name}`, { injected: 1, acknowledged: 2, lost: 0, "failed in time": 500 });
  });
});

describe.each(servers)("F18, refusals of the server, on $name", ({ name, url }) => {
  test("deadlocks between two storages are retried: 10 batches in opposite orders all succeed", async () => {
    const schema = freshSchema(url);
    // The server looks for deadlocks after a second unless told.
    const connectionString = `${url}?options=${encodeURIComponent("-c deadlock_timeout=10ms")}`;
    const [one, two] = [
      openPostgres({ connectionString, schema }),
      openPostgres({ connectionString, schema }),
    ];
    const refs = Array.from({ length: 20 }, (_, n) => `r${n}`);
    await Promise.all(refs.map((ref) => one.exports.storeGType(gtype(ref))));
    await two.init();
    // Slow enough to meet. What a sequence has counted is not rolled back.
    await query(
      url,
      `create sequence "${schema}".attempts;
       create function "${schema}".count() returns trigger language plpgsql as
         $$ begin perform nextval('"${schema}".attempts'); return null; end $$;
       create function "${schema}".dawdle() returns trigger language plpgsql as
         $$ begin perform pg_sleep(0.002); return new; end $$;
       create trigger count before update on "${schema}".gati_gtype for each statement execute function "${schema}".count();
       create trigger dawdle before update on "${schema}".gati_gtype for each row execute function "${schema}".dawdle()`,
    );
    const rounds = 10;
    for (let round = 0; round < rounds; round++) {
      await Promise.all([
        ...refs.map((ref) => one.exports.storeGType(gtype(ref, { round }))),
        ...refs.toReversed().map((ref) => two.exports.storeGType(gtype(ref, { round }))),
      ]);
    }
    const [row] = await query(url, `select last_value as attempts from "${schema}".attempts`);
    const deadlocks = Number(row?.["attempts"]) - 2 * rounds;
    report(`F18 deadlocks, ${name}`, {
      injected: deadlocks,
      acknowledged: 2 * rounds * refs.length,
      lost: 0,
    });
    expect(deadlocks).toBeGreaterThan(0);
  });

  test("a deadlock that does not end is BUSY, retryable, not written", async () => {
    const schema = freshSchema(url);
    const { exports: storage } = openPostgres({ connectionString: url, schema });
    await storage.storeGType(gtype("warm"));
    await query(
      url,
      `create function "${schema}".refuse() returns trigger language plpgsql as
         $$ begin raise exception using errcode = tg_argv[0], message = new.data; end $$;
       create trigger refuse before insert on "${schema}".gati_version_graph for each row execute function "${schema}".refuse('40P01')`,
    );
    for (const [state, code, outcome] of [
      ["40P01", "BUSY", "not-written"],
      ["40001", "BUSY", "not-written"],
      ["55P03", "BUSY", "not-written"],
      ["57014", "TIMEOUT", "not-written"],
      ["25006", "READ_ONLY", "not-written"],
      ["23505", "CONFLICT", "not-written"],
      ["53100", "DISK_FULL", "not-written"],
      ["54000", "TOO_LARGE", "not-written"],
      ["42501", "READ_ONLY", "not-written"],
      ["58030", "IO", "unknown"],
      ["XX001", "CORRUPT", "not-written"],
      ["XX000", "INTERNAL", "unknown"],
      ["P0001", "INTERNAL", "not-written"],
    ] as const) {
      await query(
        url,
        `drop trigger refuse on "${schema}".gati_version_graph;
         create trigger refuse before insert on "${schema}".gati_version_graph for each row execute function "${schema}".refuse('${state}')`,
      );
      const error = await expectRefusal(() => storage.storeVersionGraph({ handlerId: "a" } as never), code);
      expect(error, state).toMatchObject({ outcome, cause: { code: state } });
      expect(await storage.getGType("warm"), `after ${state}`).toEqual(gtype("warm"));
    }
  });

  test("serialisation failures are retried where the database is serialisable throughout", async () => {
    const schema = freshSchema(url);
    const connectionString = `${url}?options=${encodeURIComponent("-c default_transaction_isolation=serializable")}`;
    const storages = Array.from({ length: 4 }, () => openPostgres({ connectionString, schema }).exports);
    await storages[0]?.storeGType(gtype("shared"));
    for (let round = 0; round < 10; round++) {
      const settled = await Promise.allSettled(
        storages.map((storage, n) => storage.storeGType(gtype("shared", { n }))),
      );
      for (const one of settled) {
        if (one.status === "rejected")
          expect(one.reason).toMatchObject({ code: "BUSY", outcome: "not-written" });
      }
      expect(settled.some(({ status }) => status === "fulfilled")).toBe(true);
    }
  });

  test("a server that became read-only: READ_ONLY, retryable; reads go on; writes work when it is over", async () => {
    const schema = freshSchema(url);
    const application = `${schema}_app`;
    const pool = new Pool({ connectionString: `${url}?application_name=${application}`, max: 1 });
    onTestFinished(() => pool.end());
    const { exports: storage } = openPostgres({ pool, schema });
    await storage.storeGType(gtype("before"));
    await pool.query("set default_transaction_read_only = on");
    const error = await expectRefusal(() => storage.storeGType(gtype("after")), "READ_ONLY");
    expect(error).toMatchObject({ retryable: true, outcome: "not-written" });
    expect(await storage.getGType("before")).toEqual(gtype("before"));
    await pool.query("set default_transaction_read_only = off");
    await storage.storeGType(gtype("after"));
    await untilRows(url, `select 1 from "${schema}".gati_gtype where ref = 'after'`);
  });
});
