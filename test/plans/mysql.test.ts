import { CompiledQuery, Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";

import { query } from "../mysql/server/server.js";
import { describeMysql, freshDatabase } from "../mysql/support.js";
import { callEverything, fill } from "./calls.js";
import { plannedSpecs, type PlannedSpec } from "./specs.js";

/** A table of a statement's plan. */
interface Step {
  /** Null where nothing is read: a range that is empty, a part without a row. */
  readonly table: string | null;
  readonly type: string;
  readonly key: string | null;
  readonly Extra: string | null;
}

/** Reads and removals, of the rows of entities. */
const LOOKS_UP = /^\s*(select .*`data`.* (from|straight_join) `|select count|delete .* where)/s;

async function plansOf(server: string, { facts, mysql }: PlannedSpec): Promise<Map<string, Step[]>> {
  const { url } = await freshDatabase(server);
  const sent = new Map<string, readonly unknown[]>();
  const db = new Kysely<unknown>({
    dialect: new MysqlDialect({ pool: createPool({ uri: url, connectionLimit: 2 }) }),
    log: ({ query: { sql, parameters } }) => {
      if (!sent.has(sql)) sent.set(sql, parameters);
    },
  });
  const module = mysql({ db });
  onTestFinished(async () => {
    await module.shutdown();
    await db.destroy();
  });
  await module.init();
  await fill(module.exports, facts);
  const tables = await query(
    url,
    "select table_name as name from information_schema.tables where table_schema = database()",
  );
  await query(url, `analyze table ${tables.map(({ name }) => String(name)).join(", ")}`);
  await callEverything(module.exports, facts);
  const plans = new Map<string, Step[]>();
  for (const [sql, values] of [...sent].filter(([text]) => LOOKS_UP.test(text))) {
    plans.set(sql, [...(await db.executeQuery<Step>(CompiledQuery.raw(`explain ${sql}`, [...values]))).rows]);
  }
  return plans;
}

const specs = await plannedSpecs();

describeMysql("the plans", (server) => {
  test.each(specs)("every read and removal of $name goes through an index", async (spec) => {
    const plans = await plansOf(server, spec);
    for (const [sql, steps] of plans) {
      // The parts of a page, each no longer than the page, are put together and sorted there.
      // Calls that are asked for together are a table of their own, without an index.
      const ofTables = steps.filter(
        ({ table }) => table !== null && table !== "calls$" && !/^<(derived|union)/.test(table),
      );
      expect(ofTables.length, sql).toBeGreaterThan(0);
      for (const { type, key, Extra } of ofTables) {
        expect([sql, type]).not.toEqual([sql, "ALL"]);
        expect([sql, key]).toEqual([sql, expect.any(String)]);
        expect([sql, Extra ?? ""]).toEqual([sql, expect.not.stringMatching(/filesort|temporary/)]);
      }
    }
    const reads = spec.facts.entities.flatMap(({ reads: all, removals }) => [...all, ...removals]);
    expect(plans.size).toBeGreaterThanOrEqual(reads.length);
  });
});
