import Database from "better-sqlite3";
import { createInMemoryStorage, type StorageContract, type Transformer } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { sqlOf } from "@gati-framework/storage-kit/sql";
import { sqliteQueries, tableNames } from "@gati-framework/storage-sql";
import { describe, expect, test } from "vitest";

import { doc, manifest, refusal } from "./support.js";

const queries = sqliteQueries(tableNames("gati_"));
const statements = Object.entries(queries).flatMap(([name, query]) =>
  Array.isArray(query) ? [] : [[name, sqlOf(query as Parameters<typeof sqlOf>[0])] as const],
);
const reads = statements.filter(([name]) => name.startsWith("get"));

async function planOf(sql: string, rows: number): Promise<string[]> {
  const database = new Database(":memory:");
  const { exports: storage, init } = createBetterSqliteStorage({ database });
  await init();
  await Promise.all(
    Array.from({ length: rows }, (_, n) => storage.storeManifest(manifest(`h${n % 3}`, `${n}`, n % 7))),
  );
  if (rows > 0) database.exec("analyze");
  const bound = Array.from({ length: sql.split("?").length - 1 }, () => "x");
  const plan = database.prepare(`explain query plan ${sql}`).all(...bound) as { detail: string }[];
  database.close();
  return plan.map((step) => step.detail);
}

describe("query plans: no read scans or sorts", () => {
  test.each(reads)("%s", async (_, sql) => {
    for (const rows of [0, 500]) {
      const plan = await planOf(sql, rows);
      // "The last" looks up the greatest value first, in the same index.
      for (const step of plan) {
        expect(step).toMatch(/^(SEARCH gati_\w+ USING (?:COVERING )?INDEX|SCALAR SUBQUERY)/);
      }
    }
  });

  test("a list of everything goes through the rows in their order", async () => {
    const [, sql] = statements.find(([name]) => name === "listHookManifests") as (typeof statements)[number];
    expect(await planOf(sql, 500)).toEqual(["SCAN gati_hook_manifest"]);
  });

  test("all reads of the schema are looked at", () => {
    expect(reads.length).toBe(9);
  });
});

describe("statements", () => {
  test("are prepared once, when the storage opens, whatever is called afterwards", async () => {
    let prepared = 0;
    class Counting extends Database {
      override prepare(sql: string): never {
        prepared++;
        return super.prepare(sql) as never;
      }
    }
    const database = new Counting(":memory:");
    const module = createBetterSqliteStorage({ database: database as never });
    const storage = module.exports;
    await module.init();
    const after = prepared;
    expect(after).toBeGreaterThan(reads.length);
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        storage.storeManifest(manifest("a", `${round}`, round)),
        storage.storeHookManifest(doc({ handlerId: "a" })),
        storage.storeGType(doc({ ref: "r" })),
        storage.storeTransformer(doc({ id: "t", handlerId: "a", fromVersion: "1", toVersion: "2" })),
        storage.storeVersionGraph(doc({ handlerId: "a" })),
        storage.storeTimescapeMetadata(doc({ handlerId: "a", version: "1" })),
      ]);
      await storage.storeGType(doc({ ref: "alone" }));
      await Promise.all([
        storage.getManifest("a"),
        storage.getManifest("a", "1"),
        storage.getAllManifestVersions("a"),
        storage.getHookManifest("a"),
        storage.listHookManifests(),
        storage.getGType("r"),
        storage.getTransformer("t"),
        storage.getTransformersForVersions("a", "1", "2"),
        storage.getVersionGraph("a"),
        storage.getTimescapeMetadata("a", "1"),
      ]);
      storage.getStats();
      await module.refreshStats();
      await module.flush();
      expect(await module.healthCheck()).toBe(true);
      if (round % 2 === 0) await storage.clear();
    }
    expect(prepared).toBe(after);
    database.close();
  });
});

const HOSTILE: readonly unknown[] = [
  "'; drop table gati_manifest; --",
  '" or 1=1 --',
  "a%",
  "a_",
  "_",
  "%",
  "\\",
  "`x`",
  "$1",
  "?1",
  ":name",
  "@p",
  "null",
  "NULL",
  "0",
  "00",
  "1e3",
  "1.0",
  "1",
  "x'41'",
  "__proto__",
  "constructor",
  "toString",
  "a",
  "A",
  "é",
  "e\u0301",
  " a",
  "a ",
  "a\n",
  "\u{1F600}",
  "\uFFFD",
  "\uFEFFa",
  "{{x}}",
  "${x}",
  "../..",
  "k".repeat(512),
  "é".repeat(256),
  "k".repeat(513),
  `${"é".repeat(256)}k`,
  "",
  "\0",
  "a\0b",
  "\uD800",
  "\uDC00a",
  5,
  null,
  undefined,
  {},
  ["a"],
];

/** What a call answered, or how it was refused. */
async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch {
    const error = await refusal(call);
    return [error.code, error.message];
  }
}

/** Everything that a storage answers to the hostile keys. */
async function answers(storage: StorageContract): Promise<unknown[]> {
  const list: unknown[] = [];
  for (const [n, key] of HOSTILE.entries()) {
    const transformer = doc<Transformer>({ id: "t", handlerId: key, fromVersion: key, toVersion: key });
    list.push(
      await outcomeOf(() => storage.storeManifest(manifest(key as string, "1", n, { n }))),
      await outcomeOf(() => storage.storeManifest(manifest("one", key as string, n, { n }))),
      await outcomeOf(() => storage.storeTransformer(transformer)),
      await outcomeOf(() => storage.getTransformersForVersions(key as string, key as string, key as string)),
    );
  }
  for (const key of HOSTILE) {
    list.push(
      await outcomeOf(() => storage.getManifest(key as string, "1")),
      await outcomeOf(() => storage.getManifest("one", key as string)),
      await outcomeOf(() => storage.getAllManifestVersions(key as string)),
    );
  }
  list.push(await storage.getAllManifestVersions("one"), storage.getStats());
  return list;
}

describe("F23, S1, S18: hostile keys", () => {
  test("are kept exactly or refused, as in memory", async () => {
    const file = createBetterSqliteStorage({ filename: ":memory:" });
    const memory = createInMemoryStorage();
    expect(await answers(file.exports)).toEqual(await answers(memory.exports));
    expect(file.exports.getStats().manifestCount).toBeGreaterThan(70);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await file.shutdown();
  });
});
