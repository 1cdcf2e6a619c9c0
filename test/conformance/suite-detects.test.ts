/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { createInMemoryStorage } from "@gati-framework/storage";
import { type ConformanceCase, conformance } from "@gati-framework/storage-testing";
import { describe, expect, it } from "vitest";

import { type Defect, defects } from "./defects/index.js";

/** The suite is worth what it notices: each of these storages is right but for one thing. */
describe("the conformance suite notices a storage that", () => {
  it.each(defects)("$name ($rule)", async (defect) => {
    const { failed, run } = await runCases(defect);
    expect(failed.map((item) => item.rule)).toContain(defect.rule);
    // A storage that can do nothing at all would prove nothing about the case that is meant.
    expect(failed.length).toBeLessThan(run * 0.6);
  });

  it("shares its documents with another (premise)", async () => {
    const shared = createInMemoryStorage();
    const cases = conformance({
      name: "shared",
      create: async () => ({ module: shared, destroy: async () => undefined }),
    });
    const [premise] = cases;
    expect(premise?.rule).toBe("premise");
    await expect(premise?.run()).rejects.toThrow(/of the other storage/);
  });
});

async function runCases(defect: Defect): Promise<{ failed: ConformanceCase[]; run: number }> {
  const cases = conformance({
    name: defect.name,
    async create() {
      const module = createInMemoryStorage();
      return { module: defect.break(module), destroy: () => module.shutdown() };
    },
  });
  const failed: ConformanceCase[] = [];
  for (const item of cases) {
    try {
      await item.run();
    } catch {
      failed.push(item);
    }
  }
  return { failed, run: cases.length };
}
