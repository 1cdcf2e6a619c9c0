import type { ResultRow } from "../executor.js";

/** One statement with its values. */
export interface Step {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Statements that depend on each other's rows: each is handed out, and its rows, or its error, are handed in. Written once, run on
 * databases that answer at once and on those that answer later.
 */
export type Steps<T> = Generator<Step, T, readonly ResultRow[]>;

/** Runs steps on a database that answers at once. */
export function runSteps<T>(steps: Steps<T>, run: (step: Step) => readonly ResultRow[]): T {
  let next = steps.next();
  while (next.done !== true) {
    let rows: readonly ResultRow[];
    try {
      rows = run(next.value);
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(rows);
  }
  return next.value;
}

/** Runs steps on a database that answers later. */
export async function runStepsLater<T>(
  steps: Steps<T>,
  run: (step: Step) => Promise<readonly ResultRow[]>,
): Promise<T> {
  let next = steps.next();
  while (next.done !== true) {
    let rows: readonly ResultRow[];
    try {
      // oxlint-disable-next-line no-await-in-loop -- one step after the other
      rows = await run(next.value);
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(rows);
  }
  return next.value;
}
