import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "../server/servers.js";
import { expectRefusal, freshSchema, gtype, openPostgres, untilRows } from "../support.js";

const servers = await testServers();

describe.each(servers)("F18, refusals of the server, on $name", ({ url }) => {
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
    // Slow enough to meet. What a sequence has counted is not rolled back.
    await query(
      url,
      `create sequence "${schema}".attempts;
       create function "${schema}".dawdle() returns trigger language plpgsql as
         $$ begin perform nextval('"${schema}".attempts'), pg_sleep(0.002); return null; end $$;
       create trigger dawdle before update on "${schema}".gati_gtype for each statement execute function "${schema}".dawdle()`,
    );
    const rounds = 10;
    for (let round = 0; round < rounds; round++) {
      const settled = await Promise.allSettled(
        storages.map((storage, n) => storage.storeGType(gtype("shared", { n }))),
      );
      for (const one of settled) {
        if (one.status === "rejected")
          expect(one.reason).toMatchObject({ code: "BUSY", outcome: "not-written" });
      }
      expect(settled.some(({ status }) => status === "fulfilled")).toBe(true);
    }
    const [row] = await query(url, `select last_value as attempts from "${schema}".attempts`);
    expect(Number(row?.["attempts"])).toBeGreaterThan(rounds * storages.length);
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
