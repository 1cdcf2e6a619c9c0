import { createInMemoryStorage } from "@gati-framework/storage";
import { type StorageInitializer, differential } from "@gati-framework/storage-testing";
import { describe, expect, it } from "vitest";

import { defects } from "../conformance/defects/index.js";
import { inMemory } from "../backends/in-memory.js";

/** What random sequences must find too; the others are of a kind that they do not look for, such as lifecycle. */
const FOUND = [
  "folds the case of keys",
  "joins key parts with a colon",
  "takes an empty version for a version",
  "loses -0",
  "answers lists in reverse",
  "orders ties the other way",
  "answers the last of equals that was stored last",
  "forgets the position of what is overwritten",
  "misses with null throughout",
  "does not see writes that are under way",
  "reads later than it is asked",
  "forgets one entity in clear",
  "counts one too many",
  "counts each overwrite",
  "does not know what was written",
];

describe("random sequences find a storage that", () => {
  it.each(FOUND)("%s", async (name) => {
    const failure = await differenceOf(broken(name), { runs: 600, seed: 1 });
    expect(failure).toMatch(/answers otherwise than in-memory; run again with \{ seed: 1, path: "[\d:]+" \}/);
  });

  it("fails again from the seed and path that it printed", async () => {
    const subject = broken("counts one too many");
    const failure = await differenceOf(subject, { runs: 600, seed: 1 });
    const [, path = ""] = /path: "([\d:]+)"/.exec(failure ?? "") ?? [];
    const [, counterexample] = /Counterexample: (.*)/.exec(failure ?? "") ?? [];
    const again = await differenceOf(subject, { runs: 1, seed: 1, path });
    expect(again).toContain(counterexample);
  });
});

function broken(name: string): StorageInitializer {
  const defect = defects.find((item) => item.name === name);
  if (defect === undefined) throw new Error(`there is no defect "${name}"`);
  return {
    name,
    async create() {
      const module = createInMemoryStorage();
      return { module: defect.break(module), destroy: () => module.shutdown() };
    },
  };
}

async function differenceOf(
  subject: StorageInitializer,
  options: { runs: number; seed: number; path?: string },
): Promise<string | undefined> {
  try {
    await differential({ subject, reference: inMemory, refused: true, ...options });
    return undefined;
  } catch (error) {
    return String((error as Error).message);
  }
}
