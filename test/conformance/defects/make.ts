import type { StorageContract, StorageModule } from "@gati-framework/storage";

/** A storage that is right but for one thing, and the rule that must notice. */
export interface Defect {
  readonly name: string;
  readonly rule: string;
  break(module: StorageModule): StorageModule;
}

export type Call = (storage: StorageContract, method: string, args: readonly unknown[]) => unknown;
export type Stored = Record<string, unknown>;

export const isStore = (method: string): boolean => method.startsWith("store");
export const isRead = (method: string): boolean =>
  !isStore(method) && method !== "clear" && method !== "getStats";

export const original: Call = (storage, method, args) =>
  (storage as unknown as Record<string, (...list: readonly unknown[]) => unknown>)[method]?.(...args);

/** A defect in calls of the contract; `make` gives each storage a state of its own. */
export function inCalls(name: string, rule: string, make: () => Call): Defect {
  return {
    name,
    rule,
    break(module) {
      const call = make();
      const storage = new Proxy(module.exports, {
        get:
          (target, method) =>
          (...args: unknown[]) =>
            call(target, String(method), args),
      });
      return { ...module, exports: storage };
    },
  };
}

/** A defect in what is stored. */
export function inStored(name: string, rule: string, change: (document: Stored) => unknown): Defect {
  return inCalls(name, rule, () => (storage, method, args) => {
    const [document] = args;
    const isObject = isStore(method) && typeof document === "object" && document !== null;
    return original(storage, method, isObject ? [change(document as Stored)] : args);
  });
}

/** A defect in what reads answer. */
export function inAnswers(
  name: string,
  rule: string,
  change: (answer: unknown, method: string) => unknown,
): Defect {
  return inCalls(name, rule, () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return isRead(method) ? (answer as Promise<unknown>).then((value) => change(value, method)) : answer;
  });
}

const KEY_FIELDS: ReadonlySet<string> = new Set([
  "handlerId",
  "version",
  "ref",
  "id",
  "fromVersion",
  "toVersion",
]);

/** A defect in arguments of reads and fields of documents that are strings. */
export function inTexts(name: string, rule: string, change: (text: string) => string): Defect {
  const fold = (value: unknown): unknown =>
    typeof value === "string" && value !== "" ? change(value) : value;
  return inCalls(name, rule, () => (storage, method, args) => {
    if (!isStore(method)) return original(storage, method, args.map(fold));
    const [document] = args;
    if (typeof document !== "object" || document === null) return original(storage, method, args);
    const entries = Object.entries(document).map(([key, value]) => [
      key,
      KEY_FIELDS.has(key) ? fold(value) : value,
    ]);
    return original(storage, method, [Object.fromEntries(entries)]);
  });
}

export function inModule(
  name: string,
  rule: string,
  change: (module: StorageModule) => Partial<StorageModule>,
): Defect {
  return { name, rule, break: (module) => ({ ...module, ...change(module) }) };
}

/** Lists in another order. */
export function inLists(name: string, sort: (list: Stored[]) => Stored[]): Defect {
  return inAnswers(name, "S6", (answer) =>
    Array.isArray(answer) ? sort([...(answer as Stored[])]) : answer,
  );
}
