import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";

import { callEverything, fill } from "./calls.js";
import { plannedSpecs, type PlannedSpec } from "./specs.js";

/** What is compared in a statement: `"queue" = ?`, `"run_at" >= ?`, `"holder" is null`. */
const COMPARISON = /"\w+" (?:=|<|>|>=|is not|is) (?:\?|null|\(select)/g;

/** Reads and removals, of the rows of entities. */
const LOOKS_UP = /^(select .*"data"|select count|delete .* where)/;

/** Every statement that a storage prepares, with its plan: of tables that nobody has analysed, and of the same analysed. */
async function plansOf(
  { facts, betterSqlite }: PlannedSpec,
  isAnalysed: boolean,
): Promise<Map<string, string[]>> {
  const prepared = new Set<string>();
  class Recording extends Database {
    override prepare(sql: string): never {
      prepared.add(sql);
      return super.prepare(sql) as never;
    }
  }
  const database = new Recording(":memory:");
  const module = betterSqlite({ database });
  await module.init();
  await fill(module.exports, facts);
  if (isAnalysed) database.exec("analyze");
  await callEverything(module.exports, facts);
  const plans = new Map(
    [...prepared].filter((sql) => LOOKS_UP.test(sql)).map((sql) => [sql, planOf(database, sql)] as const),
  );
  await module.shutdown();
  database.close();
  return plans;
}

function planOf(database: Database.Database, sql: string): string[] {
  const values = Array.from({ length: sql.split("?").length - 1 }, () => 1);
  const steps = database.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
  return steps.map(({ detail }) => detail);
}

/** What a plan compares in indexes: `(queue=? AND run_at>?)`. */
const comparedIn = (plan: readonly string[]): number =>
  plan.flatMap((step) => step.match(/[=<>]\?/g) ?? []).length;

describe.each(await plannedSpecs())("every read and removal of $name goes through an index", (spec) => {
  test.each([
    ["as they are", false],
    ["analysed", true],
  ])("tables %s: all that is compared is looked up, and nothing is sorted", async (_, isAnalysed) => {
    const plans = await plansOf(spec, isAnalysed);
    for (const [sql, plan] of plans) {
      const compared = sql.match(COMPARISON)?.length ?? 0;
      expect({ sql, plan, compared: comparedIn(plan) }).toEqual({ sql, plan, compared });
      for (const step of plan) {
        expect([sql, step]).toEqual([
          sql,
          expect.stringMatching(/^(SEARCH|SCAN|MERGE|LEFT|RIGHT|SCALAR SUBQUERY|COMPOUND|UNION)/),
        ]);
        // Nothing compared: the table itself in its order, or an index that is in the list's.
        if (step.startsWith("SCAN")) expect([sql, compared]).toEqual([sql, 0]);
        expect(step).not.toMatch(/TEMP B-TREE|AUTOMATIC|ANY\(/);
      }
    }
    const reads = spec.facts.entities.flatMap(({ reads: all, removals }) => [...all, ...removals]);
    expect(plans.size).toBeGreaterThanOrEqual(reads.length);
  });
});
