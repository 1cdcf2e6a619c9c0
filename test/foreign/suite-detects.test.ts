/* oxlint-disable no-await-in-loop -- one case after the other */
import { describe, expect, it } from "vitest";

import { broken } from "./defects/broken.js";
import { foreignDefects } from "./defects/index.js";
import { foreignTesting } from "./generated.js";

/** As test/conformance/suite-detects.test.ts, of what removes, counts, narrows, goes by pages and is unique. */
describe("the emitted conformance suite notices a storage that", () => {
  it.each(foreignDefects)("$name ($spec, $rule)", async (defect) => {
    const { conformance } = await foreignTesting(defect.spec);
    const cases = conformance(await broken(defect));
    const failed: string[] = [];
    const passed: string[] = [];
    for (const item of cases) {
      const list = await item.run().then(
        () => passed,
        () => failed,
      );
      list.push(item.rule);
    }
    expect(failed).toContain(defect.rule);
    // A storage that can do nothing at all would prove nothing about the case that is meant.
    expect(failed.length).toBeLessThan(cases.length * 0.3);
  });
});
