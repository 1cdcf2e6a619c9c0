import { StorageError } from "@gati-framework/storage-kit";
import {
  commitBatch,
  ensureTables,
  planBatch,
  sqliteMigration,
  type BoundStatement,
  type SqlExecutor,
  type SqlWrite,
  type TableWriter,
} from "@gati-framework/storage-kit/sql";
import { describe, expect, test } from "vitest";

const table = (entity: string, keyLength: number, batch = true): TableWriter => ({
  entity,
  keyLength,
  single: { name: `put_${entity}`, sql: "one" },
  batch: batch ? { name: `put_${entity}_batch`, sql: "many" } : null,
});
const one = table("one", 1);
const two = table("two", 2);
const plain = table("plain", 1, false);
const clear: SqlWrite = { clear: [{ name: "clear0", sql: "delete" }] };
const row = (of: TableWriter, ...values: unknown[]): SqlWrite => ({ table: of, values });

const plan = (...writes: SqlWrite[]) =>
  planBatch(writes).map(({ bound }) => [bound.statement.name, bound.values]);

describe("the plan of a batch (S6, S9)", () => {
  test("one statement a table, its values by column", () => {
    expect(plan(row(one, "a", 1), row(two, "a", "b", 1), row(one, "b", 2))).toEqual([
      [
        "put_one_batch",
        [
          ["a", "b"],
          [1, 2],
        ],
      ],
      ["put_two", ["a", "b", 1]],
    ]);
  });

  test("of one key the last document, at the place of the first", () => {
    expect(plan(row(one, "a", 1), row(one, "b", 2), row(one, "a", 3))).toEqual([
      [
        "put_one_batch",
        [
          ["a", "b"],
          [3, 2],
        ],
      ],
    ]);
    expect(plan(row(one, "a", 1), row(one, "a", 2))).toEqual([["put_one", ["a", 2]]]);
  });

  test("composite keys are tuples, and types are told apart (S2)", () => {
    expect(plan(row(two, "a:b", "c", 1), row(two, "a", "b:c", 2))).toEqual([
      [
        "put_two_batch",
        [
          ["a:b", "a"],
          ["c", "b:c"],
          [1, 2],
        ],
      ],
    ]);
    expect(plan(row(one, "1", 1), row(one, 1, 2))).toEqual([
      [
        "put_one_batch",
        [
          ["1", 1],
          [1, 2],
        ],
      ],
    ]);
  });

  test("clear divides: what came before it, it, what came after", () => {
    expect(plan(row(one, "a", 1), row(two, "a", "b", 1), clear, row(one, "a", 2), clear)).toEqual([
      ["put_one", ["a", 1]],
      ["put_two", ["a", "b", 1]],
      ["clear0", []],
      ["put_one", ["a", 2]],
      ["clear0", []],
    ]);
  });

  test("a database without array parameters gets one statement a row", () => {
    expect(plan(row(plain, "a", 1), row(plain, "b", 2))).toEqual([
      ["put_plain", ["a", 1]],
      ["put_plain", ["b", 2]],
    ]);
  });
});

const refused = new StorageError("refused", { code: "INVALID_INPUT" });
const gone = new StorageError("gone", { code: "UNAVAILABLE", outcome: "unknown" });

/** An executor that refuses transactions holding one of these values. */
function refusing(
  refusals: Readonly<Record<string, StorageError>>,
): SqlExecutor & { readonly written: unknown[][] } {
  const written: unknown[][] = [];
  return {
    written,
    read: async () => [],
    async write(statements: readonly BoundStatement[]) {
      const keys = statements.flatMap(({ values }) => values.flat());
      written.push(keys);
      for (const key of keys) {
        const error = refusals[String(key)];
        if (error !== undefined) throw error;
      }
      return statements.map(({ values }) => ({ rows: [{ inserted: values.length }], changed: 0 }));
    },
    transaction: () => Promise.reject(refused),
    close: async () => {},
  };
}

describe("committing a batch (S9)", () => {
  test("whole", async () => {
    const executor = refusing({});
    const { outcomes } = await commitBatch(executor, [row(one, "a"), row(one, "b")]);
    expect(outcomes).toEqual([undefined, undefined]);
    expect(executor.written).toEqual([["a", "b"]]);
  });

  test("refused: each alone, in order, with its own outcome", async () => {
    const executor = refusing({ bad: refused });
    const { outcomes, changes } = await commitBatch(
      executor,
      ["a", "bad", "c"].map((key) => row(one, key)),
    );
    expect(outcomes).toEqual([undefined, refused, undefined]);
    expect(executor.written).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
    expect(changes.map(({ added }) => added)).toEqual([1, 1]);
  });

  test("out of reach: the outcome of all, tried once", async () => {
    const executor = refusing({ a: gone });
    await expect(commitBatch(executor, [row(one, "a"), row(one, "b")])).rejects.toBe(gone);
    expect(executor.written).toHaveLength(1);
  });

  test("a single one is not tried again", async () => {
    const executor = refusing({ a: refused });
    await expect(commitBatch(executor, [row(one, "a")])).rejects.toBe(refused);
    expect(executor.written).toHaveLength(1);
  });

  test("lost while each is tried alone: the rest is not sent, and says so", async () => {
    const executor = refusing({ bad: refused, lost: gone });
    const { outcomes } = await commitBatch(
      executor,
      ["bad", "b", "lost", "d", "e"].map((key) => row(one, key)),
    );
    expect(outcomes.map((error) => error && [error.code, error.outcome])).toEqual([
      ["INVALID_INPUT", "not-written"],
      undefined,
      ["UNAVAILABLE", "unknown"],
      ["UNAVAILABLE", "not-written"],
      ["UNAVAILABLE", "not-written"],
    ]);
    expect(executor.written).toHaveLength(4);
  });
});

describe("making sure of the tables (S15)", () => {
  test("somebody else was quicker: no failure", async () => {
    let there = false;
    const executor: SqlExecutor = {
      read: async ({ name }) =>
        name === "find" ? [{ found: there }] : [{ name: "schema_version", value: 1 }],
      async write() {
        there = true;
        throw new StorageError("it is there already", { code: "SCHEMA_MISMATCH" });
      },
      transaction: () => Promise.reject(refused),
      close: async () => {},
    };
    const facts = {
      backend: "test",
      findMeta: { name: "find", sql: "" },
      readMeta: { name: "read", sql: "" },
      create: ["create"],
      version: 1,
      upgrades: {},
      migration: sqliteMigration("", () => []),
      migrate: "auto",
    } as const;
    await ensureTables(executor, facts);
    there = false;
    await expect(
      ensureTables({ ...executor, write: () => Promise.reject(refused), read: async () => [] }, facts),
    ).rejects.toBe(refused);
  });
});
