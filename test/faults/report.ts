/**
 * One line for each fault: how often it was injected, and what became of the writes. The end of a run gathers these lines in a
 * table (see test/reporting/summary.ts).
 */
export function report(fault: string, facts: Readonly<Record<string, number | string>>): void {
  const list = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  console.log(`${fault}: ${list.join(", ")}`);
}
