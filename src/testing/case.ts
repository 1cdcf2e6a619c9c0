import assert from "node:assert/strict";

import { StorageError, type StorageErrorCode } from "../errors.js";
import type { ContractFacts, EntityFacts, ReadFacts, RemovalFacts } from "./facts.js";
import type {
  CreatedStorage,
  DynamicContract,
  DynamicModule,
  Stats,
  BackendInitializer,
} from "./initializer.js";

/** One thing that a backend must do. Run in any order, each on a storage of its own. */
export interface ConformanceCase {
  /** Unique in the suite. */
  readonly name: string;
  /** The rule that it proves: `S1` to `S18`, or `premise` for what the suite itself relies on. */
  readonly rule: string;
  run(): Promise<void>;
}

/** A case before it is known which backend it is run on. */
export interface CaseDraft {
  readonly name: string;
  readonly rule: string;
  run(subject: Subject): Promise<void>;
}

/** A new storage, and what cases do with it. */
export class Subject {
  readonly facts: ContractFacts;
  readonly initializer: BackendInitializer<DynamicModule>;
  readonly created: CreatedStorage<DynamicModule>;

  constructor(
    facts: ContractFacts,
    initializer: BackendInitializer<DynamicModule>,
    created: CreatedStorage<DynamicModule>,
  ) {
    this.facts = facts;
    this.initializer = initializer;
    this.created = created;
  }

  get module(): DynamicModule {
    return this.created.module;
  }

  store(entity: EntityFacts, document: unknown): Promise<void> {
    return call(this.module.exports, entity.store, [document]) as Promise<void>;
  }

  read(read: ReadFacts, args: readonly unknown[]): Promise<unknown> {
    return call(this.module.exports, read.method, args) as Promise<unknown>;
  }

  remove(removal: RemovalFacts, args: readonly unknown[]): Promise<unknown> {
    return call(this.module.exports, removal.method, args) as Promise<unknown>;
  }

  clear(): Promise<void> {
    return call(this.module.exports, "clear", []) as Promise<void>;
  }

  stats(): Stats {
    return call(this.module.exports, "getStats", []) as Stats;
  }
}

/** Calls a method of the contract. Its rejection is for the caller to see, and is never "unhandled". */
export function call(storage: DynamicContract, method: string, args: readonly unknown[]): unknown {
  const member = storage[method];
  assert.equal(typeof member, "function", `the storage has no method ${method}`);
  const answer = member?.call(storage, ...args);
  // A case that fails leaves calls unawaited; what becomes of them must not be taken for a fault of the next case.
  if (answer instanceof Promise) answer.catch(() => undefined);
  return answer;
}

/** Asserts that `run` is refused, as a `StorageError` of that code after which nothing was written (rule S13). */
export async function refused(
  code: StorageErrorCode,
  run: () => unknown,
  what: string,
): Promise<StorageError> {
  let answer: unknown;
  try {
    answer = run();
    await answer;
  } catch (error) {
    assert.ok(answer instanceof Promise, `${what}: thrown, not rejected`);
    assert.ok(StorageError.is(error), `${what}: ${String(error)} is no StorageError`);
    assert.equal(error.code, code, `${what}: ${error.message}`);
    assert.equal(error.outcome, "not-written", what);
    assert.notEqual(error.message, "", what);
    return error;
  }
  return assert.fail(`${what}: was not refused`);
}
