import { readdirSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { backends } from "../backends/index.js";
import { foreignBackends } from "./backends.js";
import { foreignTesting } from "./generated.js";
import { FOREIGN_SPECS } from "./specs.js";

describe.each(FOREIGN_SPECS)("%s", (spec) => {
  it("has every backend that Gati's spec has, and a conformance test for each", async () => {
    const names = (await foreignBackends(spec)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(backends.map(({ name }) => name)));
    const files = readdirSync(path.join(import.meta.dirname, "conformance"));
    expect(files).toEqual(expect.arrayContaining(names.map((name) => `${name}.test.ts`)));
  });

  it("gives each the same cases, under names of their own", async () => {
    const { conformance } = await foreignTesting(spec);
    const [first = [], ...others] = (await foreignBackends(spec)).map((backend) =>
      conformance(backend).map(({ name }) => name),
    );
    expect(first.length).toBeGreaterThan(300);
    expect(new Set(first).size).toBe(first.length);
    for (const names of others) expect(names).toEqual(first);
  });
});
