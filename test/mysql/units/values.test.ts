import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cutIntoRuns, MORE_ROWS, sqlForRows } from "../../../generated/storage-mysql/dist/batch-sql.js";
import {
  decodeNumber,
  decodeRow,
  encodeNumber,
  encodeValue,
  numbersIn,
  wholeArguments,
} from "../../../generated/storage-mysql/dist/values.js";

const rowsOf = (count: number, bytes: number) =>
  Array.from({ length: count }, () => [Buffer.alloc(bytes), null]);

describe("values as columns keep them", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.constantFrom(Infinity, -Infinity, 0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324),
  );

  test("S6: the bytes of two numbers stand in the order of the numbers, and come back equal", () => {
    fc.assert(
      fc.property(number, number, (one, two) => {
        // Zero has one sign only in a column: keys and indexed values come with it taken off.
        const [a, b] = [one + 0, two + 0];
        expect(Math.sign(Buffer.compare(encodeNumber(a), encodeNumber(b)))).toBe(
          Math.sign(Number(a > b) - Number(a < b)),
        );
        expect(decodeNumber(encodeNumber(a))).toBe(a);
      }),
      { numRuns: 5_000 },
    );
  });

  test("text is UTF-8; positions and limits stay whole; absent and boolean stay what they are", () => {
    expect(encodeValue("é😀", false)).toEqual(Buffer.from("é😀"));
    expect(encodeValue(7, false)).toEqual(encodeNumber(7));
    expect(encodeValue(7, true)).toBe(7n);
    expect([null, true, false].map((value) => encodeValue(value, false))).toEqual([null, true, false]);
    const sql =
      "select `data` from (select * from `t_job` where `queue` = ? and `seq` > ? order by `seq` limit ?) as `part0` where `runs` <= ? limit ?";
    expect(wholeArguments(sql)).toEqual([false, true, true, false, true]);
    expect(numbersIn(sql, { t_job: ["runs"], t_other: ["x"] })).toEqual(["runs"]);
    expect(numbersIn("select 1 as `found`", { t_job: ["runs"] })).toEqual([]);
  });

  test("rows come back as they were: numbers out of the columns that keep them", () => {
    const row = { data: Buffer.from("é😀"), runs: encodeNumber(-2.5), name: Buffer.from("12345678"), seq: 3 };
    expect(decodeRow(row, ["runs"])).toEqual({ data: "é😀", runs: -2.5, name: "12345678", seq: 3 });
  });
});

describe("many rows in one statement", () => {
  test("runs keep the order, fit into a packet, and have lengths that are powers of two", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 1_000 }),
        fc.integer({ min: 10_000, max: 1_000_000 }),
        (lengths, packet) => {
          const rows = lengths.map((length) => [Buffer.alloc(length), true]);
          const runs = cutIntoRuns(rows, packet);
          expect(runs.flat()).toEqual(rows);
          for (const run of runs) {
            expect(Number.isInteger(Math.log2(run.length)) && run.length <= 512).toBe(true);
            expect(run.reduce((sum, [body]) => sum + (body as Buffer).length, 0)).toBeLessThan(packet);
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(cutIntoRuns(rowsOf(1_000, 10), 16 * 1024 * 1024).map(({ length }) => length)).toEqual([
      512, 256, 128, 64, 32, 8,
    ]);
  });

  test("a row that is longer than a packet is TOO_LARGE, before anything is sent", () => {
    expect(() => cutIntoRuns([...rowsOf(1, 10), ...rowsOf(1, 20_000)], 10_000)).toThrow(
      expect.objectContaining({ code: "TOO_LARGE", outcome: "not-written", retryable: false }),
    );
  });

  test("the tuple is repeated, and nothing else", () => {
    const sql = `insert into \`t\` (\`a\`, \`data\`) values (?, ?)${MORE_ROWS} on duplicate key update \`a\` = values(\`a\`)`;
    expect(sqlForRows(sql, 3)).toBe(
      "insert into `t` (`a`, `data`) values (?, ?), (?, ?), (?, ?) on duplicate key update `a` = values(`a`)",
    );
  });
});
