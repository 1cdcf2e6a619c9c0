import { expect, test } from "vitest";

import { manyCalls } from "../../../generated/storage-mysql/dist/gathered.js";

const find = manyCalls(
  { name: "find", sql: "select `data` from `t` where `a` = ? and `n` = ? and `on` = ? order by `c` limit 1" },
  ["string", "number", "boolean"],
);

test("the statement for many calls reads for each of them", () => {
  expect(find.statement).toMatchInlineSnapshot(`
    {
      "name": "find_many",
      "sql": "select calls$.\`call\`, (select \`data\` from \`t\` where \`a\` = unhex(calls$.argument_1) and \`n\` = unhex(calls$.argument_2) and \`on\` = calls$.argument_3 order by \`c\` limit 1) as \`data\` from json_table(convert(? using utf8mb4), '$[*]' columns (\`call\` for ordinality, argument_1 varchar(1024) character set latin1 path '$[0]', argument_2 varchar(1024) character set latin1 path '$[1]', argument_3 tinyint path '$[2]')) as calls$",
    }
  `);
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
