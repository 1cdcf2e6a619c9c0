import type { StorageCapabilities } from "../lifecycle/module.js";
import * as fc from "fast-check";

import type { DynamicContract } from "./initializer.js";
import { type AnyOperation, type Answer, recordAnswers } from "./operations.js";
import { assertSame } from "./same.js";

/** What is compared: enough of a module to call it. */
export interface ComparedModule<Contract> {
  /** Left out by an oracle that answers at once. */
  readonly capabilities?: StorageCapabilities;
  readonly exports: Contract;
  init(): Promise<void>;
}

export interface ComparedInitializer<Contract> {
  readonly name: string;
  create(): Promise<{ readonly module: ComparedModule<Contract>; destroy(): Promise<void> }>;
}

export interface DifferentialOptions<Contract> {
  /** The storage to be judged. */
  readonly subject: ComparedInitializer<Contract>;
  /** The storage that is right. */
  readonly reference: ComparedInitializer<Contract>;
  /** How many sequences; default 300. */
  readonly runs?: number;
  /** Where chance begins; default: chance. */
  readonly seed?: number;
  /** What a failure printed, to run that sequence alone. */
  readonly path?: string;
}

export interface DifferentialReport {
  readonly subject: string;
  readonly reference: string;
  readonly sequences: number;
  readonly operations: number;
  /** How many calls were answered with something: not a miss, not an empty list, not 0, not a refusal. */
  readonly hits: number;
  readonly seed: number;
}

/**
 * Runs random sequences of calls on two storages, new for each sequence, and compares every answer, order included.
 *
 * @returns what was run.
 * @throws Error with the shortest sequence found whose answers differ, and the seed and path that run it again.
 */
export async function compareStorages<Contract extends object>(
  sequences: fc.Arbitrary<AnyOperation[]>,
  options: DifferentialOptions<Contract>,
): Promise<DifferentialReport> {
  const { subject, reference, runs = 300 } = options;
  let operationCount = 0;
  let hits = 0;
  const property = fc.asyncProperty(sequences, async (operations) => {
    const expected = await answersOf(reference, operations);
    const actual = await answersOf(subject, operations);
    operationCount += operations.length;
    for (const [index, answer] of expected.entries()) {
      if (isHit(answer)) hits++;
      assertSame(
        actual[index],
        answer,
        `${subject.name}: call ${index}, ${answer.method}, against ${reference.name}`,
      );
    }
  });
  const result = await fc.check(property, {
    numRuns: runs,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  if (result.failed) {
    throw new Error(
      `${subject.name} answers otherwise than ${reference.name}; run again with ` +
        `{ seed: ${result.seed}, path: ${JSON.stringify(result.counterexamplePath)} }\n${await fc.asyncDefaultReportMessage(result)}`,
      { cause: result.errorInstance },
    );
  }
  return {
    subject: subject.name,
    reference: reference.name,
    sequences: result.numRuns,
    operations: operationCount,
    hits,
    seed: result.seed,
  };
}

async function answersOf<Contract extends object>(
  initializer: ComparedInitializer<Contract>,
  operations: readonly AnyOperation[],
): Promise<Answer[]> {
  const { module, destroy } = await initializer.create();
  try {
    // So that a storage that opens asynchronously answers `getStats()` too (rule S10).
    await module.init();
    const { capabilities } = module;
    const isServer = capabilities?.shared === true && !capabilities.opensSynchronously;
    return await recordAnswers(
      module.exports as unknown as DynamicContract,
      operations,
      isServer ? { settleFirst: "getStats" } : {},
    );
  } finally {
    await destroy();
  }
}

function isHit({ method, value }: Answer): boolean {
  if (method === "getStats" || value === undefined || value === null || value === 0) return false;
  const found: unknown = typeof value === "object" && "items" in value ? value.items : value;
  // The pages of a walk are lists within a list.
  return !Array.isArray(found) || found.flat().length > 0;
}
