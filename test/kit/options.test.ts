import {
  checkOptions,
  invalidOption,
  isBoolean,
  isFunction,
  isMilliseconds,
  isOneOf,
  isTablePrefix,
  nearestName,
  type OptionCheck,
  StorageError,
} from "@gati-framework/storage-kit";
import { isFilename } from "@gati-framework/storage-kit/sqlite";
import { describe, expect, test } from "vitest";

interface Options {
  readonly level?: number;
  readonly name?: string;
}

const checks = {
  level: ((value, name, backend) => {
    if (typeof value !== "number") throw invalidOption(backend, name, "must be a number", "Pass one.");
  }) as OptionCheck,
  name: (() => {}) as OptionCheck,
};
const check = (given: unknown): Options => checkOptions<Options>("test", given as Options, checks);

describe("S16: options", () => {
  test("given ones come back, as a copy without prototype; undefined counts as not given", () => {
    const given = { level: 1, name: undefined };
    const options = check(given);
    expect(Object.keys(options)).toEqual(["level"]);
    expect(Object.getPrototypeOf(options)).toBeNull();
    expect(check(undefined)).toEqual({});
  });

  test.each([
    ["levl", "level"],
    ["LEVEL", "level"],
    ["nam", "name"],
    ["zzzzzz", null],
    ["constructor", null],
    ["__proto__x", null],
  ])("unknown %s, near to %s", (given, near) => {
    const call = (): unknown => check(Object.fromEntries([[given, 1]]));
    expect(call).toThrow(StorageError);
    expect(call).toThrow(near === null ? /unknown option `[^`]+`$/ : `did you mean \`${near}\`?`);
  });

  test("an own `__proto__` is an unknown option like any other", () => {
    expect(() => check(JSON.parse('{"__proto__": {"level": 1}}'))).toThrow("unknown option `__proto__`");
  });

  test.each([[null], [[]], ["text"], [1], [() => {}]])("no object: %s", (given) => {
    expect(() => check(given)).toThrow("must be an object");
  });

  test("nearestName", () => {
    expect(nearestName("filname", ["database", "filename"])).toBe("filename");
    expect(nearestName("x", ["database", "filename"])).toBeNull();
    expect(nearestName("x", [])).toBeNull();
  });
});

const accepts = (option: OptionCheck, value: unknown): boolean => {
  try {
    option(value, "option", "test");
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_OPTION", backend: "test" });
    return false;
  }
};

describe("S16, S18: checks of single options", () => {
  test.each<[string, OptionCheck, readonly unknown[], readonly unknown[]]>([
    ["isBoolean", isBoolean, [true, false], [0, "true", null]],
    ["isFunction", isFunction, [() => {}], [{}, "f", null]],
    [
      "isMilliseconds",
      isMilliseconds,
      [0, 1, 86_400_000],
      [-1, 1.5, Number.NaN, Infinity, 86_400_001, "1", 1n, null],
    ],
    ["isOneOf", isOneOf("a", "b"), ["a", "b"], ["c", "A", "", null, ["a"], "constructor"]],
    [
      "isTablePrefix",
      isTablePrefix,
      ["gati_", "_", "a", "a1", "x".repeat(16)],
      ["", "1a", "A", "a-", "a b", 'a"', "a;", "a\n", "sqlite_", "sqlite_a", "é", "x".repeat(17), null, 1],
    ],
    [
      "isFilename",
      isFilename,
      [":memory:", "a.db", "./a b.db", "/tmp/file:x", "ä.db"],
      ["", " ", " a", "a ", "a\0", "file:a", "FILE:a", ":a:", ":", "a/", "/", null, 1, ["a"]],
    ],
  ])("%s", (_, option, good, bad) => {
    expect(good.filter((value) => !accepts(option, value))).toEqual([]);
    expect(bad.filter((value) => accepts(option, value))).toEqual([]);
  });
});
