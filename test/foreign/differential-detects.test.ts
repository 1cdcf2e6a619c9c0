import { describe, expect, it } from "vitest";

import { foreignBackend } from "./backends.js";
import { broken } from "./defects/broken.js";
import { foreignDefects } from "./defects/index.js";
import { foreignTesting } from "./generated.js";

/** What they do not look for: hostile texts that other documents have too, lists of more than a page, cursors of other lists. */
const NOT_LOOKED_FOR: ReadonlySet<string> = new Set([
  "takes a percent sign for anything",
  "holds all of it in one page unless told otherwise",
  "takes the cursor of another list",
]);

describe("random sequences find a storage that", () => {
  it.each(foreignDefects.filter(({ name }) => !NOT_LOOKED_FOR.has(name)))("$name ($spec)", async (defect) => {
    const { differential } = await foreignTesting(defect.spec);
    const reference = await foreignBackend(defect.spec, "in-memory");
    const subject = await broken(defect);
    await expect(differential({ subject, reference, refused: true, runs: 300, seed: 1 })).rejects.toThrow(
      /answers otherwise than in-memory; run again with \{ seed: 1, path: "[\d:]+" \}/,
    );
  });
});
