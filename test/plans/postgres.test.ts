import { randomBytes } from "node:crypto";

import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { query, testServers } from "../postgres/server/servers.js";
import { callEverything, fill } from "./calls.js";
import { plannedSpecs, type PlannedSpec } from "./specs.js";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Reads and removals, of the rows of entities. */
const LOOKS_UP = /^\s*(select (?!.*"schema_version").*"data"|select count|delete .* where)/s;

/**
 * The plan of every statement that a storage sends. On tables of some thousand rows the planner may well scan, and sort what it
 * finds, where that is quicker; told to do so only where there is no other way, it shows whether there is one.
 */
async function plansOf(url: string, { facts, kysely }: PlannedSpec): Promise<Map<string, PlanNode>> {
  const schema = `plans_${randomBytes(6).toString("hex")}`;
  const sent = new Map<string, readonly unknown[]>();
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 2 }) }),
    log: ({ query: { sql, parameters } }) => {
      if (!sent.has(sql)) sent.set(sql, parameters);
    },
  });
  const module = kysely({ db, dialect: "postgres", schema });
  onTestFinished(async () => {
    await module.shutdown();
    await db.destroy();
    await query(url, `drop schema if exists "${schema}" cascade`);
  });
  await module.init();
  await fill(module.exports, facts);
  for (const { name } of await query(url, "select tablename as name from pg_tables where schemaname = $1", [
    schema,
  ])) {
    await query(url, `analyze "${schema}"."${String(name)}"`);
  }
  await callEverything(module.exports, facts);
  const statements = [...sent].filter(([sql]) => LOOKS_UP.test(sql));
  return db.transaction().execute(async (transaction) => {
    for (const setting of ["enable_seqscan", "enable_bitmapscan", "enable_sort"]) {
      await transaction.executeQuery(CompiledQuery.raw(`set local ${setting} = off`));
    }
    const plans = new Map<string, PlanNode>();
    for (const [sql, values] of statements) {
      const explain = CompiledQuery.raw(`explain (format json, costs off) ${sql}`, [...values]);
      const [row] = (await transaction.executeQuery<Record<string, [{ Plan: PlanNode }]>>(explain)).rows;
      plans.set(sql, row!["QUERY PLAN"]![0].Plan);
    }
    return plans;
  });
}

/** What is wrong with a plan: tables that are scanned, and rows that are sorted without a limit. */
function wrongIn(node: PlanNode): string[] {
  const type = node["Node Type"];
  const children = node.Plans ?? [];
  const isWrong = type === "Seq Scan" || (type.endsWith("Sort") && !children.every(isLimited));
  return [...(isWrong ? [type] : []), ...children.flatMap(wrongIn)];
}

/** Parts of a page: each in the order of its index, and no longer than the page. */
function isLimited(node: PlanNode): boolean {
  const type = node["Node Type"];
  if (type === "Limit") return true;
  return /Append|Subquery Scan/.test(type) && (node.Plans ?? []).every(isLimited);
}

const specs = await plannedSpecs();

describe.each(await testServers())("on $name", ({ url }) => {
  test.each(specs)("every read and removal of $name goes through an index", async (spec) => {
    const plans = await plansOf(url, spec);
    for (const [sql, plan] of plans) {
      // All of a table, in no order but that of storing, is read as it lies, and sorted.
      const isEverything = /from "[^"]+"\."[^"]+" order by "seq"$/.test(sql);
      // `unnest` has no index.
      expect([sql, wrongIn(plan)]).toEqual([sql, isEverything ? ["Sort", "Seq Scan"] : []]);
    }
    const reads = spec.facts.entities.flatMap(({ reads: all, removals }) => [...all, ...removals]);
    expect(plans.size).toBeGreaterThanOrEqual(reads.length);
  });
});
