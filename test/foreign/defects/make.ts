import { StorageError } from "@gati-framework/storage-kit";
import type { DynamicContract, DynamicModule } from "@gati-framework/storage-kit/testing";

import type { ForeignSpec } from "../specs.js";

/** A storage of a foreign spec that is right but for one thing, and the rule that must notice. */
export interface ForeignDefect {
  readonly name: string;
  readonly spec: ForeignSpec;
  readonly rule: string;
  break(module: DynamicModule): DynamicModule;
}

export type Item = Readonly<Record<string, unknown>>;
export type Options = Readonly<Record<string, unknown>> | undefined;
export interface Page {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** What a broken storage has in hand: every method as it should be. */
export type Right = <Answer>(method: string, ...args: readonly unknown[]) => Promise<Answer>;

/** A method that does otherwise than it should. */
export type Wrong = (right: Right, ...args: readonly never[]) => unknown;

/** A defect of the methods that `make` answers, each storage with a state of its own. */
export function inMethods(
  spec: ForeignSpec,
  rule: string,
  name: string,
  make: () => Readonly<Record<string, Wrong>>,
): ForeignDefect {
  return {
    name,
    spec,
    rule,
    break(module) {
      const wrong = make();
      const right = <Answer>(method: string, ...args: readonly unknown[]) =>
        module.exports[method]?.(...args) as Promise<Answer>;
      const broken = new Proxy(module.exports, {
        get(target, method: string) {
          const instead = wrong[method];
          if (instead === undefined) return target[method];
          return (...args: readonly never[]) => instead(right, ...args);
        },
      });
      return { ...module, exports: broken as DynamicContract };
    },
  };
}

/** Every page of a list as one, as it should be. */
export async function wholeList(
  right: Right,
  method: string,
  args: readonly unknown[],
  options: Options = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    const page = await right<Page>(method, ...args, { ...options, limit: 1000, after });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

export function isConflict(error: unknown): boolean {
  return StorageError.is(error) && error.code === "CONFLICT";
}

export function conflict(entity: string, field: string): StorageError {
  return new StorageError(`another ${entity} has the same ${field}`, {
    code: "CONFLICT",
    outcome: "not-written",
    retryable: false,
    entity,
    hint: "Give it another one.",
  });
}

/** As `call`, some turns of the event loop later. */
export function later<T>(call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => call().then(resolve, reject));
  });
}
