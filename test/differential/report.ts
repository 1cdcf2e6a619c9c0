import type { DifferentialReport } from "@gati-framework/storage-testing";
import { expect } from "vitest";

/** Comparing misses proves little: one call in twenty must find something. A few sequences alone may not. */
export function expectMeaningful(report: DifferentialReport): void {
  if (report.sequences >= 100) expect(report.hits).toBeGreaterThan(report.operations / 20);
}

/** What was run, one line a backend. */
export function describeReports(
  reports: readonly DifferentialReport[],
  exceptions: readonly string[] = [],
): string {
  const lines = reports.map(
    ({ subject, reference, sequences, operations, hits, seed }) =>
      `${subject} against ${reference}: ${sequences} sequences, ${operations} calls, ${hits} found something, seed ${seed}`,
  );
  if (exceptions.length > 0) lines.push(`excepted by name: ${exceptions.join(", ")}`);
  return lines.join("\n");
}
