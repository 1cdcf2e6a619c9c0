import {
  indexedBoolean,
  indexedNumber,
  indexedString,
  keyBoolean,
  keyNumber,
  keyString,
  lookupBoolean,
  lookupNumber,
  lookupString,
  MAX_KEY_BYTES,
  StorageError,
} from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

/** The error's code, or what came back. */
function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (!StorageError.is(error)) throw error;
    return error.code;
  }
}

const REFUSED = "INVALID_INPUT";
const LONGEST = ["k".repeat(512), "é".repeat(256), "€".repeat(170) + "ab", "\u{1F600}".repeat(128)];
const TOO_LONG = [
  "k".repeat(513),
  `${"é".repeat(256)}k`,
  "€".repeat(171),
  `${"\u{1F600}".repeat(128)}a`,
  "k".repeat(100_000),
];
const ILL_FORMED = ["\0", "a\0b", "\uD800", "\uDC00", "a\uDC00\uD800", "\uD800a"];
const ODD = [" ", "a ", "\n", "é", "e\u0301", "A", "a", "\uFEFF", "\uFFFF", "__proto__", "'; --"];

describe("S1: keys", () => {
  test("strings come back exactly, up to 512 bytes of UTF-8", () => {
    for (const key of [...LONGEST, ...ODD]) {
      expect(keyString("entity", "field", key)).toBe(key);
      expect(lookupString("entity", "field", key)).toBe(key);
      expect(indexedString("entity", "field", key)).toBe(key);
    }
  });

  test("what cannot be told apart or kept is refused when stored", () => {
    for (const key of ["", ...TOO_LONG, ...ILL_FORMED, undefined, null, 1, {}, ["a"], Object("a")]) {
      expect([key, outcome(() => keyString("entity", "field", key))]).toEqual([key, REFUSED]);
    }
    for (const value of [...TOO_LONG, ...ILL_FORMED, null, 1, {}]) {
      expect([value, outcome(() => indexedString("entity", "field", value))]).toEqual([value, REFUSED]);
    }
  });

  test("when read, it is a miss: longer than anything that is stored", () => {
    for (const key of [...TOO_LONG, ...ILL_FORMED]) {
      expect(Buffer.byteLength(lookupString("entity", "field", key))).toBeGreaterThan(MAX_KEY_BYTES);
      expect(lookupString("entity", "field", key).isWellFormed()).toBe(true);
    }
    for (const key of [undefined, null, 1, {}, ["a"]]) {
      expect(outcome(() => lookupString("entity", "field", key))).toBe(REFUSED);
    }
  });

  test("numbers are finite, and -0 is 0", () => {
    expect(Object.is(keyNumber("entity", "field", -0), 0)).toBe(true);
    expect(Object.is(lookupNumber("entity", "field", -0), 0)).toBe(true);
    for (const key of [Number.NaN, Infinity, -Infinity, "1", 1n, null, undefined]) {
      expect(outcome(() => keyNumber("entity", "field", key))).toBe(REFUSED);
    }
    for (const key of ["1", 1n, null, undefined])
      expect(outcome(() => lookupNumber("entity", "field", key))).toBe(REFUSED);
  });

  test("booleans are booleans", () => {
    for (const check of [keyBoolean, lookupBoolean, indexedBoolean]) {
      expect([true, false].map((value) => check("entity", "field", value))).toEqual([true, false]);
      for (const value of [0, 1, "true", null])
        expect(outcome(() => check("entity", "field", value))).toBe(REFUSED);
    }
  });

  test("what is indexed may be absent, or empty; NaN has no place in an order", () => {
    expect(indexedString("entity", "field", undefined)).toBeNull();
    expect(indexedString("entity", "field", "")).toBe("");
    expect([undefined, Number.NaN].map((value) => indexedNumber("entity", "field", value))).toEqual([
      null,
      null,
    ]);
    expect([Infinity, -Infinity, 0.5].map((value) => indexedNumber("entity", "field", value))).toEqual([
      Infinity,
      -Infinity,
      0.5,
    ]);
    expect(indexedBoolean("entity", "field", undefined)).toBeNull();
    expect(outcome(() => indexedNumber("entity", "field", "1"))).toBe(REFUSED);
  });

  test("S17: an error names the place, and not the value", () => {
    const error = (() => {
      try {
        return keyString("manifest", "handlerId", "secret\0");
      } catch (thrown) {
        return thrown as StorageError;
      }
    })() as StorageError;
    expect(error).toMatchObject({
      code: REFUSED,
      entity: "manifest",
      outcome: "not-written",
      retryable: false,
    });
    expect(error.message).toContain("manifest.handlerId");
    expect(`${error.message}${error.hint}`).not.toContain("secret");
  });
});
