import type { DifferentialReport } from "@gati-framework/storage-kit/testing";
import { afterAll, describe, it } from "vitest";

import { chance } from "../backends/chance.js";
import { chosenBackends } from "../backends/index.js";
import { recycled } from "../backends/recycled.js";
import { describeReports, expectMeaningful } from "../differential/report.js";
import { foreignBackend, foreignBackends } from "./backends.js";
import { foreignTesting } from "./generated.js";
import { FOREIGN_SPECS } from "./specs.js";

/** Without servers that do not answer. */
const chosen = new Set(chosenBackends().map(({ name }) => name));

const reports: DifferentialReport[] = [];
afterAll(() => console.log(describeReports(reports)));

/** Removals, counts, ranges, pages and unique fields, which Gati's kinds have not, refusals included. */
describe.each(FOREIGN_SPECS)("%s, against its in-memory backend", async (spec) => {
  const { differential } = await foreignTesting(spec);
  const reference = await foreignBackend(spec, "in-memory");
  const subjects = (await foreignBackends(spec)).filter(
    ({ name }) => name !== reference.name && chosen.has(name),
  );

  it.each(subjects)("$name answers every sequence of calls alike", async (subject) => {
    const storage = recycled(subject);
    try {
      const report = await differential({ subject: storage, reference, refused: true, ...chance(100) });
      reports.push({ ...report, subject: `${spec} on ${report.subject}` });
      expectMeaningful(report);
    } finally {
      await storage.dispose();
    }
  });
});
