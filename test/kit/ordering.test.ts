import {
  compareBooleans,
  compareNumbers,
  compareStrings,
  listAt,
  listEntry,
  mapAt,
  SortedList,
} from "@gati-framework/storage-kit";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const sign = (value: number): number => Math.sign(value);
const text = fc.string({ unit: "grapheme" });

describe("S6: values are ordered", () => {
  test("strings by code point: as their UTF-8 bytes, and as SQLite and PostgreSQL (C) do", () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: "binary" })),
        fc.oneof(text, fc.string({ unit: "binary" })),
        (a, b) => {
          expect(sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        },
      ),
    );
    // By UTF-16 units it would be the other way round.
    expect(compareStrings("\uFFFF", "\u{10000}")).toBeLessThan(0);
    expect(compareStrings("a", "ab")).toBeLessThan(0);
    expect(compareStrings("Z", "a")).toBeLessThan(0);
  });

  test("an absent value comes first; false before true; numbers by size", () => {
    expect(["b", null, "", "a"].toSorted(compareStrings)).toEqual([null, "", "a", "b"]);
    expect([true, null, false].toSorted(compareBooleans)).toEqual([null, false, true]);
    expect([1, null, -Infinity, 10, 9].toSorted(compareNumbers)).toEqual([null, -Infinity, 1, 9, 10]);
    for (const compare of [compareStrings, compareNumbers, compareBooleans] as ((
      a: null,
      b: null,
    ) => number)[]) {
      expect(compare(null, null)).toBe(0);
    }
  });
});

interface Item {
  readonly rank: number;
  readonly position: number;
}

const byRank = (a: Item, b: Item): number => a.rank - b.rank;
const byRankAndPosition = (a: Item, b: Item): number => byRank(a, b) || a.position - b.position;

describe("S6: a sorted list", () => {
  const ranks = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 60 });

  test("is in order whatever is added, replaced and removed", () => {
    fc.assert(
      fc.property(ranks, fc.infiniteStream(fc.nat()), (given, chance) => {
        const list = new SortedList<Item>(byRankAndPosition);
        let model: Item[] = [];
        for (const [position, rank] of given.entries()) {
          const item = { rank, position };
          list.add(item);
          model.push(item);
          const pick = model[(chance.next().value as number) % model.length] as Item;
          const what = (chance.next().value as number) % 4;
          if (what === 0) {
            list.remove(pick);
            model = model.filter((each) => each !== pick);
          } else if (what === 1) {
            const next = { rank: (chance.next().value as number) % 6, position: pick.position };
            list.replace(pick, next);
            model = model.map((each) => (each === pick ? next : each));
          }
          expect(list.items).toEqual(model.toSorted(byRankAndPosition));
          expect(list.length).toBe(model.length);
        }
      }),
    );
  });

  test("the last by the rule is the greatest; among equals, the one stored first", () => {
    fc.assert(
      fc.property(ranks, (given) => {
        const list = new SortedList<Item>(byRankAndPosition);
        const items = given.map((rank, position) => ({ rank, position }));
        for (const item of items) list.add(item);
        const greatest = Math.max(...given);
        expect(list.last(byRank)).toBe(items.find((item) => item.rank === greatest));
      }),
    );
    expect(new SortedList<Item>(byRankAndPosition).last(byRank)).toBeUndefined();
  });

  test("an entry moves between lists, and keeps its place where the order is the same", () => {
    const map = new Map<string, SortedList<Item>>();
    const [a, b] = [listAt(map, "a", byRankAndPosition), listAt(map, "b", byRankAndPosition)];
    expect(listAt(map, "a", byRankAndPosition)).toBe(a);
    const first = { rank: 1, position: 0 };
    listEntry(a, first, undefined);
    const second = { rank: 1, position: 0 };
    listEntry(a, second, { list: a, entry: first });
    expect(a.items).toEqual([second]);
    expect(a.items[0]).toBe(second);
    listEntry(b, first, { list: a, entry: second });
    expect([a.items, b.items]).toEqual([[], [first]]);
  });

  test("mapAt makes a map once", () => {
    const map = new Map<string, Map<string, number>>();
    mapAt(map, "__proto__").set("x", 1);
    expect(mapAt(map, "__proto__").get("x")).toBe(1);
    expect(mapAt(map, "other").size).toBe(0);
  });
});
