import { describe, expect, test } from "vitest";

import { manyCalls, manyLists } from "../../../generated/storage-mysql/dist/gathered.js";

const find = manyCalls(
  { name: "find", sql: "select `data` from `t` where `a` = ? and `n` = ? and `on` = ? order by `c` limit 1" },
  ["string", "number", "boolean"],
);

test("the statement for many calls reads for each of them", () => {
  expect(find.statement).toMatchInlineSnapshot(`
    {
      "name": "find_many",
      "sql": "select calls$.call$ as \`call\`, (select \`data\` from \`t\` where \`a\` = unhex(calls$.argument$1) and \`n\` = unhex(calls$.argument$2) and \`on\` = calls$.argument$3 order by \`c\` limit 1) as \`data\` from json_table(convert(? using utf8mb4), '$[*]' columns (call$ for ordinality, argument$1 varchar(1024) character set latin1 path '$[0]', argument$2 varchar(1024) character set latin1 path '$[1]', argument$3 tinyint path '$[2]')) as calls$",
    }
  `);
});

describe("the statement for many lists", () => {
  const list = manyLists(
    {
      name: "list",
      sql: "select `data` from `t` as `t` force index (`i`) where `a` = ? and `on` = ? order by `n` asc, `c` desc, `seq`",
    },
    ["string", "boolean"],
  );

  test("joins their calls with the table", () => {
    expect(list.statement).toMatchInlineSnapshot(`
      {
        "name": "list_many",
        "sql": "select calls$.call$ as \`call\`, hex(\`n\`) as order$1, hex(\`c\`) as order$2, \`seq\`, \`data\` from json_table(convert(? using utf8mb4), '$[*]' columns (call$ for ordinality, argument$1 varchar(1024) character set latin1 path '$[0]', argument$2 tinyint path '$[1]')) as calls$ straight_join \`t\` as \`t\` force index (\`i\`) on \`a\` = unhex(calls$.argument$1) and \`on\` = calls$.argument$2",
      }
    `);
  });

  test("S6: orders their rows by each of its terms, then by position, however the driver answers with that", () => {
    const ordered = [
      [null, "62", 9],
      [null, null, 1],
      ["", "62", "10"],
      ["41", "6263", 8],
      ["41", "62", "9"],
      ["41", "62", 10],
      ["41", "62", "11"],
      ["41", "", 3],
      ["41", null, 2],
      ["4142", null, 1],
      ["42", null, 1],
    ];
    const rows = ordered.map(([n, c, seq]) => ({ order$1: n, order$2: c, seq }));
    for (let turn = 0; turn < rows.length; turn++) {
      const turned = [...rows.slice(turn), ...rows.slice(0, turn)].toReversed();
      expect(turned.toSorted((a, b) => list.compare!(a, b))).toEqual(rows);
    }
  });

  test("S6: orders rows of a list without terms by position alone", () => {
    const { compare, statement } = manyLists(
      { name: "all", sql: "select `data` from `t` where `a` = ? order by `seq`" },
      ["string"],
    );
    expect(statement.sql).toContain("select calls$.call$ as `call`, `seq`, `data` from");
    expect([{ seq: "10" }, { seq: 9 }].toSorted((a, b) => compare!(a, b))).toEqual([
      { seq: 9 },
      { seq: "10" },
    ]);
  });
});

test("its one value has every call, keys and numbers as the digits of their bytes", () => {
  const calls = [
    ["é\ufeff ", 1, true],
    ["", -1, false],
  ];
  expect(find.bind(calls)).toEqual(['[["c3a9efbbbf20","bff0000000000000",1],["","400fffffffffffff",0]]']);
});

test("what is longer than any key is null, and not cut to one", () => {
  expect(
    find.bind([
      ["ä".repeat(256), 1, true],
      ["ä".repeat(256) + "-", 1, true],
    ]),
  ).toEqual([`[["${"c3a4".repeat(256)}","bff0000000000000",1],[null,"bff0000000000000",1]]`]);
});

test("calls of long keys fit into a packet of a megabyte, as text too", () => {
  for (const parts of [1, 2, 6]) {
    const { most, bind } = manyCalls(
      { name: "find", sql: "" },
      Array.from({ length: parts }, () => "string" as const),
    );
    const longest = Array.from({ length: parts }, () => "x".repeat(512));
    const [json] = bind(Array.from({ length: most }, () => longest)) as [string];
    expect(most).toBeGreaterThan(40);
    expect(2 * json.length).toBeLessThan(1024 * 1024);
  }
});
