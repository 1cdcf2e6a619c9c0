import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "./server/servers.js";
import { expectRefusal, freshSchema, gtype, openPostgres, withUrl } from "./support.js";

const servers = await testServers();

describe.each(servers)("S15: what is there, and who may create it, on $name", ({ url }) => {
  test("a missing schema: created by 'auto', refused by 'verify'", async () => {
    const schema = freshSchema(url);
    await expectRefusal(
      () => openPostgres({ connectionString: url, schema, migrate: "verify" }).init(),
      "SCHEMA_MISMATCH",
    );
    await openPostgres({ connectionString: url, schema }).init();
    await openPostgres({ connectionString: url, schema, migrate: "verify" }).init();
  });

  test("tables of another kind that have our columns are refused, too", async () => {
    const schema = freshSchema(url);
    await query(url, `create schema "${schema}"; create table "${schema}".gati_meta (name text, value int)`);
    const error = await expectRefusal(
      () => openPostgres({ connectionString: url, schema }).init(),
      "SCHEMA_MISMATCH",
    );
    expect(error.message).not.toContain("NaN");
  });

  test("two prefixes and two schemas in one pool of the user's, which is never ended", async () => {
    const pool = new Pool({ connectionString: url, max: 3 });
    onTestFinished(() => pool.end());
    const [one, two] = [freshSchema(url), freshSchema(url)];
    const places = [
      { schema: one },
      { schema: one, tablePrefix: "other_" },
      { schema: two },
      { schema: two, tablePrefix: "gati_gati_" },
    ];
    const modules = places.map((place) => openPostgres({ pool, ...place }));
    await Promise.all(modules.map(({ exports }, n) => exports.storeGType(gtype("same", { n }))));
    for (const [n, { exports }] of modules.entries()) {
      expect(await exports.getGType("same")).toEqual(gtype("same", { n }));
      expect(exports.getStats().gtypeCount).toBe(1);
    }
    await modules[0]?.exports.clear();
    expect(await modules[1]?.exports.getGType("same")).toEqual(gtype("same", { n: 1 }));
    await Promise.all(modules.map((module) => module.shutdown()));
    expect(pool.ended || pool.ending).toBe(false);
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect(pool.listenerCount("error"), "nothing of ours stays on it").toBe(0);
  });

  test("a search_path to elsewhere changes nothing", async () => {
    const [schema, decoy] = [freshSchema(url), freshSchema(url)];
    await openPostgres({ connectionString: url, schema: decoy }).exports.storeGType(gtype("decoy"));
    const connectionString = `${url}?options=${encodeURIComponent(`-c search_path=${decoy}`)}`;
    const { exports: storage } = openPostgres({ connectionString, schema });
    await Promise.all(["a", "b"].map((ref) => storage.storeGType(gtype(ref))));
    await storage.storeGType(gtype("c"));
    expect(storage.getStats().gtypeCount).toBe(3);
    expect(await storage.getGType("decoy")).toBeUndefined();
    expect(await query(url, `select count(*)::int as n from "${decoy}".gati_gtype`)).toEqual([{ n: 1 }]);
    await storage.clear();
    expect(await query(url, `select count(*)::int as n from "${decoy}".gati_gtype`)).toEqual([{ n: 1 }]);
  });

  test("reserved words as schema and prefix; a read-only role: READ_ONLY", async () => {
    const { exports: storage } = openPostgres({
      connectionString: url,
      schema: "user",
      tablePrefix: "select_",
    });
    onTestFinished(async () => {
      await query(url, 'drop schema if exists "user" cascade');
    });
    await storage.storeGType(gtype("a"));
    expect(await storage.getGType("a")).toEqual(gtype("a"));

    const connectionString = `${url}?options=${encodeURIComponent("-c default_transaction_read_only=on")}`;
    const schema = freshSchema(url);
    const cold = openPostgres({ connectionString, schema });
    await expectRefusal(() => cold.init(), "READ_ONLY");
    await openPostgres({ connectionString: url, schema }).init();
    await cold.init();
    await expectRefusal(() => cold.exports.storeGType(gtype("a")), "READ_ONLY");
    expect(await cold.exports.getGType("a")).toBeUndefined();
  });

  test("a database in LATIN1: what it holds comes back, the rest is INVALID_INPUT, and nothing is changed", async () => {
    const database = freshSchema(url);
    await query(
      url,
      `create database "${database}" encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`,
    );
    const connectionString = withUrl(url, (target) => {
      target.pathname = `/${database}`;
    });
    const module = openPostgres({ connectionString });
    onTestFinished(async () => {
      await module.shutdown();
      await query(url, `drop database "${database}" with (force)`);
    });
    const { exports: storage } = module;
    await storage.storeGType(gtype("é", { text: "ü" }));
    expect(await storage.getGType("é")).toEqual(gtype("é", { text: "ü" }));
    const error = await expectRefusal(
      () => storage.storeGType(gtype("a", { text: "😀 SECRET" })),
      "INVALID_INPUT",
    );
    expect(error).toMatchObject({
      outcome: "not-written",
      retryable: false,
      hint: expect.stringContaining("UTF8"),
    });
    const batch = await Promise.allSettled(
      ["b", "c", "d"].map((ref) => storage.storeGType(gtype(ref, { text: ref === "c" ? "😀" : "" }))),
    );
    expect(batch.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(storage.getStats().gtypeCount).toBe(3);
    expect(await module.refreshStats()).toEqual(storage.getStats());
  });
});
