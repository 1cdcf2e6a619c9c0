import { readdirSync } from "node:fs";

import { conformance } from "@gati-framework/storage-testing";
import { describe, expect, it } from "vitest";

import { backends, chosenBackends } from "../backends/index.js";

describe("the list of backends", () => {
  it("has a conformance test for each", () => {
    const files = readdirSync(import.meta.dirname);
    for (const backend of backends) expect(files).toContain(`${backend.name}.test.ts`);
  });

  it("gives each the same cases, under names of their own", () => {
    const [first = [], ...others] = backends.map((backend) => conformance(backend).map((item) => item.name));
    expect(first.length).toBeGreaterThan(100);
    expect(new Set(first).size).toBe(first.length);
    for (const names of others) expect(names).toEqual(first);
  });

  it("has cases for every rule that a contract can show", () => {
    const rules = new Set(backends.flatMap((backend) => conformance(backend).map((item) => item.rule)));
    const shown = [
      "S1",
      "S2",
      "S3",
      "S4",
      "S5",
      "S6",
      "S7",
      "S8",
      "S9",
      "S10",
      "S11",
      "S12",
      "S13",
      "S14",
      "S17",
      "S18",
    ];
    expect([...rules].filter((rule) => rule !== "premise").toSorted()).toEqual(shown.toSorted());
  });

  it("refuses to run a backend that it does not know", () => {
    expect(() => chosenBackends("in-memory,better-sqlite")).toThrow(/"better-sqlite".*better-sqlite3-file/);
    expect(chosenBackends("in-memory").map((backend) => backend.name)).toEqual(["in-memory"]);
    expect(chosenBackends("")).toEqual(backends);
  });
});
