import {
  gatheredOnPostgres,
  ReadGatherer,
  type BoundStatement,
  type GatheredRead,
  type ResultRow,
  type SqlExecutor,
} from "@gati-framework/storage-kit/sql";
import { describe, expect, test } from "vitest";

const find: GatheredRead = {
  single: { name: "find", sql: "one" },
  many: { statement: { name: "find_many", sql: "many" }, most: 250, bind: (calls) => calls },
};
const all: GatheredRead = { single: { name: "all", sql: "everything" }, many: null };

/** A gatherer, and every statement that it asked for; `answer` gives the rows. */
function gatherer(answer: (asked: BoundStatement) => ResultRow[]) {
  const asked: BoundStatement[] = [];
  const executor = {
    async read(statement, values) {
      asked.push({ statement, values });
      return answer({ statement, values });
    },
  } as Pick<SqlExecutor, "read"> as SqlExecutor;
  return { reads: new ReadGatherer(executor), asked };
}

describe("reads that are called together", () => {
  test("are one statement, and each has its own rows, whatever their order", async () => {
    const { reads, asked } = gatherer(() => [
      { call: 3, data: "c" },
      { call: 1, data: "a1" },
      { call: 1, data: "a2" },
    ]);
    const answers = await Promise.all([
      reads.read(find, ["a", 1]),
      reads.read(find, ["b", 2]),
      reads.read(find, ["c", 3]),
    ]);
    expect(asked).toEqual([
      {
        statement: find.many?.statement,
        values: [
          ["a", 1],
          ["b", 2],
          ["c", 3],
        ],
      },
    ]);
    expect(answers.map((rows) => rows.map(({ data }) => data))).toEqual([["a1", "a2"], [], ["c"]]);
  });

  test("one alone, and one without such a statement, are asked for as they are", async () => {
    const { reads, asked } = gatherer(() => []);
    await Promise.all([reads.read(find, ["a"]), reads.read(all, []), reads.read(all, [])]);
    expect(asked.map(({ statement }) => statement.name)).toEqual(["all", "all", "find"]);
  });

  test("what is called after an answer is not mixed up with it", async () => {
    const { reads, asked } = gatherer(({ values }) => [{ data: values[0] }]);
    const first = await reads.read(find, ["a"]);
    const second = await reads.read(find, ["b"]);
    expect([first, second]).toEqual([[{ data: "a" }], [{ data: "b" }]]);
    expect(asked).toHaveLength(2);
  });

  test("many are several statements, so that connections share the work", async () => {
    const { reads, asked } = gatherer(({ values }) =>
      (values as [number][]).map(([id], index) => ({ call: index + 1, data: id })),
    );
    const ids = Array.from({ length: 1_002 }, (_, id) => id);
    const answers = await Promise.all(ids.map((id) => reads.read(find, [id])));
    expect(asked.map(({ values }) => values.length)).toEqual([250, 250, 250, 250, 2]);
    expect(answers.flat().map(({ data }) => data)).toEqual(ids);
  });

  test("a row without a document is no row", async () => {
    const { reads } = gatherer(() => [
      { call: 1, data: null },
      { call: 2, data: "b" },
    ]);
    const answers = await Promise.all([reads.read(find, ["a"]), reads.read(find, ["b"])]);
    expect(answers).toEqual([[], [{ call: 2, data: "b" }]]);
  });

  test("a failure is that of each", async () => {
    const { reads } = gatherer(() => {
      throw new Error("gone");
    });
    const outcomes = await Promise.allSettled([reads.read(find, ["a"]), reads.read(find, ["b"])]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

test("the statement for many calls reads for each of them", () => {
  const { many } = gatheredOnPostgres(
    { name: "find", sql: 'select "data" from "t" where "a" = $1 and "b" = $2 order by "c" limit 1' },
    ["text[]", "boolean[]"],
  );
  expect(
    many?.bind([
      ["x", true],
      ["y", false],
    ]),
  ).toEqual([
    ["x", "y"],
    [true, false],
  ]);
  expect(many?.statement.sql).toMatchInlineSnapshot(
    `"select calls."call"::integer as "call", found."data" from unnest($1::text[], $2::boolean[]) with ordinality as calls ("argument_1", "argument_2", "call") cross join lateral (select "data" from "t" where "a" = calls."argument_1" and "b" = calls."argument_2" order by "c" limit 1) as found"`,
  );
});
