import { atomicityCases } from "./cases/atomicity.js";
import { cursorCases } from "./cases/cursors.js";
import { documentCases } from "./cases/documents.js";
import { durabilityCases } from "./cases/durability.js";
import { isolationCases } from "./cases/isolation.js";
import { keyCases } from "./cases/keys.js";
import { lifecycleCases } from "./cases/lifecycle.js";
import { lookupCases } from "./cases/lookups.js";
import { orderCases } from "./cases/order.js";
import { pageCases } from "./cases/pages.js";
import { premiseCases } from "./cases/premise.js";
import { programOrderCases } from "./cases/program-order.js";
import { removalCases } from "./cases/removal.js";
import { safetyCases } from "./cases/safety.js";
import { selectionCases } from "./cases/selection.js";
import { statsCases } from "./cases/stats.js";
import { uniqueCases } from "./cases/unique.js";
import { type CaseDraft, type ConformanceCase, Subject } from "./case.js";
import type { ContractFacts } from "./facts.js";
import type { DynamicModule, BackendInitializer } from "./initializer.js";

/** Every case that follows from the facts of a contract: the same ones, in the same order, for every backend. */
export function conformanceCases(
  facts: ContractFacts,
  initializer: BackendInitializer<DynamicModule>,
): ConformanceCase[] {
  const drafts = [
    premiseCases,
    keyCases,
    lookupCases,
    documentCases,
    isolationCases,
    orderCases,
    selectionCases,
    pageCases,
    cursorCases,
    programOrderCases,
    removalCases,
    uniqueCases,
    atomicityCases,
    statsCases,
    lifecycleCases,
    durabilityCases,
    safetyCases,
  ].flatMap((cases) => cases(facts));
  return drafts.map((draft) => ({
    name: draft.name,
    rule: draft.rule,
    run: () => runOnNewStorage(draft, facts, initializer),
  }));
}

async function runOnNewStorage(
  draft: CaseDraft,
  facts: ContractFacts,
  initializer: BackendInitializer<DynamicModule>,
): Promise<void> {
  const created = await initializer.create();
  try {
    await draft.run(new Subject(facts, initializer, created));
  } finally {
    await created.destroy();
  }
}

/** The part of a test runner that is needed: Vitest's, Jest's, Mocha's and Node's own have it. */
export interface TestRunner {
  describe(name: string, define: () => void): void;
  it(name: string, run: () => Promise<void>): void;
}

/** Hands the cases to a test runner, one test each, grouped by rule. */
export function registerCases(runner: TestRunner, name: string, cases: readonly ConformanceCase[]): void {
  runner.describe(name, () => {
    for (const rule of new Set(cases.map((item) => item.rule))) {
      runner.describe(rule, () => {
        for (const item of cases.filter((other) => other.rule === rule))
          runner.it(item.name, () => item.run());
      });
    }
  });
}
