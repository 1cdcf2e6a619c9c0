/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { createInMemoryStorage } from "@gati-framework/runtime";
import type { TimescapeMetadata } from "@gati-framework/storage";
import { type DifferentialReport, differential } from "@gati-framework/storage-testing";
import { afterAll, describe, expect, it } from "vitest";

import { chosenBackends } from "../backends/index.js";
import { chance } from "../backends/chance.js";
import { recycled } from "../backends/recycled.js";
import { GATI_EXCEPTIONS, gatiOracle } from "./gati-oracle.js";
import { describeReports, expectMeaningful } from "./report.js";

const reports: DifferentialReport[] = [];
afterAll(() => console.log(describeReports(reports, Object.keys(GATI_EXCEPTIONS))));

describe("against Gati's own in-memory store", () => {
  it.each(chosenBackends())("$name answers every sequence of calls alike", async (subject) => {
    const storage = recycled(subject);
    try {
      const report = await differential({ subject: storage, reference: gatiOracle, ...chance(1000) });
      reports.push(report);
      expectMeaningful(report);
    } finally {
      await storage.dispose();
    }
  });
});

describe("what is excepted is so indeed", () => {
  it("own objects: changing what was read changes what is stored", async () => {
    const storage = createInMemoryStorage();
    await storage.storeGType({ ref: "a", kind: "object" });
    (await storage.getGType("a"))!.kind = "array";
    expect((await storage.getGType("a"))?.kind).toBe("array");
  });

  it("joined keys: two Timescape keys are one", async () => {
    const storage = createInMemoryStorage();
    await storage.storeTimescapeMetadata({ handlerId: "a:b", version: "c" } as TimescapeMetadata);
    await storage.storeTimescapeMetadata({ handlerId: "a", version: "b:c" } as TimescapeMetadata);
    expect(storage.getStats().timescapeMetadataCount).toBe(1);
  });

  it("no order of NaN: one leaves the others unsorted", async () => {
    const storage = createInMemoryStorage();
    for (const [index, createdAt] of [3, Number.NaN, 1].entries()) {
      await storage.storeManifest({ handlerId: "a", version: `${index}`, createdAt } as never);
    }
    expect((await storage.getAllManifestVersions("a")).map((manifest) => manifest.createdAt)).not.toEqual([
      Number.NaN,
      1,
      3,
    ]);
  });

  it("no checks: what cannot be kept is taken", async () => {
    const storage = createInMemoryStorage();
    await storage.storeGType({ ref: "", kind: (() => 0) as never });
    expect(storage.getStats().gtypeCount).toBe(1);
  });
});
