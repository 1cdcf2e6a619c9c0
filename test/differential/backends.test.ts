import { type DifferentialReport, differential } from "@gati-framework/storage-testing";
import { afterAll, describe, it } from "vitest";

import { chosenBackends } from "../backends/index.js";
import { chance } from "../backends/chance.js";
import { recycled } from "../backends/recycled.js";
import { inMemory } from "../backends/in-memory.js";
import { describeReports, expectMeaningful } from "./report.js";

const reports: DifferentialReport[] = [];
afterAll(() => console.log(describeReports(reports)));

describe("against our in-memory backend, refusals included", () => {
  it.each(chosenBackends())("$name answers every sequence of calls alike", async (subject) => {
    const storage = recycled(subject);
    try {
      const report = await differential({
        subject: storage,
        reference: inMemory,
        refused: true,
        ...chance(300),
      });
      reports.push(report);
      expectMeaningful(report);
    } finally {
      await storage.dispose();
    }
  });
});
