import type { StorageContract, StorageModule } from "@gati-framework/storage";
import { StorageError } from "@gati-framework/storage";
import type { StorageErrorDetails } from "@gati-framework/storage-kit";

/** A storage that is right but for one thing, and the rule that must notice. */
export interface Defect {
  readonly name: string;
  readonly rule: string;
  break(module: StorageModule): StorageModule;
}

type Call = (storage: StorageContract, method: string, args: readonly unknown[]) => unknown;
type Stored = Record<string, unknown>;

const isStore = (method: string): boolean => method.startsWith("store");
const isRead = (method: string): boolean => !isStore(method) && method !== "clear" && method !== "getStats";

const original: Call = (storage, method, args) =>
  (storage as unknown as Record<string, (...list: readonly unknown[]) => unknown>)[method]?.(...args);

/** A defect in calls of the contract; `make` gives each storage a state of its own. */
function inCalls(name: string, rule: string, make: () => Call): Defect {
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
function inStored(name: string, rule: string, change: (document: Stored) => unknown): Defect {
  return inCalls(name, rule, () => (storage, method, args) => {
    const [document] = args;
    const isObject = isStore(method) && typeof document === "object" && document !== null;
    return original(storage, method, isObject ? [change(document as Stored)] : args);
  });
}

/** A defect in what reads answer. */
function inAnswers(name: string, rule: string, change: (answer: unknown, method: string) => unknown): Defect {
  return inCalls(name, rule, () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return isRead(method) ? (answer as Promise<unknown>).then((value) => change(value, method)) : answer;
  });
}

/** A defect in arguments of reads and fields of documents that are strings. */
function inTexts(name: string, rule: string, change: (text: string) => string): Defect {
  const fold = (value: unknown): unknown =>
    typeof value === "string" && value !== "" ? change(value) : value;
  return inCalls(name, rule, () => (storage, method, args) => {
    if (!isStore(method)) return original(storage, method, args.map(fold));
    const [document] = args;
    if (typeof document !== "object" || document === null) return original(storage, method, args);
    const keys = ["handlerId", "version", "ref", "id", "fromVersion", "toVersion"];
    const entries = Object.entries(document).map(([key, value]) => [
      key,
      keys.includes(key) ? fold(value) : value,
    ]);
    return original(storage, method, [Object.fromEntries(entries)]);
  });
}

function inModule(
  name: string,
  rule: string,
  change: (module: StorageModule) => Partial<StorageModule>,
): Defect {
  return { name, rule, break: (module) => ({ ...module, ...change(module) }) };
}

/** Lists in another order. */
function inLists(name: string, sort: (list: Stored[]) => Stored[]): Defect {
  return inAnswers(name, "S6", (answer) =>
    Array.isArray(answer) ? sort([...(answer as Stored[])]) : answer,
  );
}

export const defects: readonly Defect[] = [
  inTexts("trims keys", "S1", (text) => text.trim() || text),
  inTexts("folds the case of keys", "S1", (text) => text.toLowerCase()),
  inTexts("normalises keys", "S1", (text) => text.normalize("NFC")),
  inTexts("cuts long keys", "S1", (text) => text.slice(0, 255)),
  inCalls(
    "takes keys of another type as text",
    "S1",
    () => (storage, method, args) =>
      original(
        storage,
        method,
        isStore(method) ? args : args.map((arg) => (arg === undefined ? arg : String(arg))),
      ),
  ),
  inCalls("joins key parts with a colon", "S2", () => (storage, method, args) => {
    const split = (a: unknown, b: unknown): [unknown, unknown] => {
      if (typeof a !== "string" || typeof b !== "string") return [a, b];
      const joined = `${a}:${b}`;
      const at = joined.indexOf(":");
      return at > 0 && at < joined.length - 1 ? [joined.slice(0, at), joined.slice(at + 1)] : [a, b];
    };
    if (method === "getTimescapeMetadata") return original(storage, method, split(args[0], args[1]));
    if (method !== "storeTimescapeMetadata" || typeof args[0] !== "object" || args[0] === null)
      return original(storage, method, args);
    const document = args[0] as Stored;
    const [handlerId, version] = split(document["handlerId"], document["version"]);
    return original(storage, method, [
      "handlerId" in document && "version" in document ? { ...document, handlerId, version } : document,
    ]);
  }),
  inCalls(
    "takes an empty version for a version",
    "S3",
    () => (storage, method, args) =>
      original(storage, method, method === "getManifest" && args[1] === "" ? [args[0], "none"] : args),
  ),
  inStored("loses -0", "S4", (document) => mapValues(document, (value) => (value === 0 ? 0 : value))),
  inStored("turns undefined into nothing", "S4", (document) =>
    Object.fromEntries(Object.entries(document).map(([key, value]) => [key, withoutUndefined(value)])),
  ),
  inStored("takes functions for nothing", "S4", (document) =>
    Object.fromEntries(
      Object.entries(document).filter(([key]) => key !== "extra" || isCloneable(document[key])),
    ),
  ),
  inStored("sorts properties", "S4", (document) =>
    Object.fromEntries(Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1))),
  ),
  inStored("drops unknown fields", "S4", ({ extra: _, ...document }) => document),
  inCalls("hands out its own objects", "S5", () => {
    const cache = new Map<string, Promise<unknown>>();
    return (storage, method, args) => {
      if (!isRead(method)) {
        cache.clear();
        return original(storage, method, args);
      }
      const place = JSON.stringify([method, args.map(String)]);
      const answer = cache.get(place) ?? (original(storage, method, args) as Promise<unknown>);
      cache.set(place, answer);
      return answer;
    };
  }),
  inCalls("copies a document later than its call", "S5", () => {
    let last: Promise<unknown> = Promise.resolve();
    return (storage, method, args) => {
      if (method === "getStats") return original(storage, method, args);
      const next = last.then(() => original(storage, method, args));
      last = next.catch(() => undefined);
      return next;
    };
  }),
  inLists("answers lists in reverse", (list) => list.reverse()),
  inLists("orders ties the other way", (list) =>
    list.reverse().sort((a, b) => Number(a["createdAt"]) - Number(b["createdAt"])),
  ),
  inLists("orders absent values last", (list) => [
    ...list.filter((item) => item["createdAt"] !== undefined),
    ...list.filter((item) => item["createdAt"] === undefined),
  ]),
  inCalls("answers the last of equals that was stored last", "S6", () => (storage, method, args) => {
    if (method !== "getManifest" || (args[1] ?? "") !== "") return original(storage, method, args);
    return storage.getAllManifestVersions(args[0] as string).then((list) => list.at(-1));
  }),
  inCalls("forgets the position of what is overwritten", "S6", () => {
    const order: unknown[] = [];
    return (storage, method, args) => {
      if (method === "storeHookManifest" && typeof args[0] === "object" && args[0] !== null) {
        const { handlerId } = args[0] as Stored;
        if (order.includes(handlerId)) order.splice(order.indexOf(handlerId), 1);
        order.push(handlerId);
      }
      if (method !== "listHookManifests") return original(storage, method, args);
      return storage
        .listHookManifests()
        .then((list) => list.sort((a, b) => order.indexOf(a.handlerId) - order.indexOf(b.handlerId)));
    };
  }),
  inCalls("keeps a document in the list that it has left", "S6", () => {
    const former = new Map<string, Stored>();
    return (storage, method, args) => {
      if (method === "storeTransformer" && typeof args[0] === "object" && args[0] !== null) {
        const document = args[0] as Stored;
        if (!former.has(String(document["id"]))) former.set(String(document["id"]), { ...document });
      }
      if (method !== "getTransformersForVersions") return original(storage, method, args);
      return storage
        .getTransformersForVersions(...(args as [string, string, string]))
        .then((list) => [
          ...list,
          ...[...former.values()].filter(
            (item) =>
              [item["handlerId"], item["fromVersion"], item["toVersion"]].join("\0") === args.join("\0") &&
              !list.some((other) => other.id === item["id"]),
          ),
        ]);
    };
  }),
  inAnswers("misses with null throughout", "S7", (answer) => answer ?? null),
  inAnswers("misses with undefined throughout", "S7", (answer) => answer ?? undefined),
  inAnswers("misses a list with undefined", "S7", (answer) =>
    Array.isArray(answer) && answer.length === 0 ? undefined : answer,
  ),
  inCalls("does not see writes that are under way", "S8", () => (storage, method, args) => {
    if (!isStore(method)) return original(storage, method, args);
    return new Promise((resolve, reject) => {
      setImmediate(() => (original(storage, method, args) as Promise<void>).then(resolve, reject));
    });
  }),
  inCalls("reads later than it is asked", "S8", () => (storage, method, args) => {
    if (!isRead(method)) return original(storage, method, args);
    return new Promise((resolve, reject) => {
      setImmediate(() => (original(storage, method, args) as Promise<void>).then(resolve, reject));
    });
  }),
  inCalls("fails a whole turn for one bad document", "S9", () => {
    let failed: unknown;
    return (storage, method, args) => {
      if (!isStore(method)) return original(storage, method, args);
      const writing = original(storage, method, args) as Promise<void>;
      return writing.then(
        () =>
          new Promise<void>((resolve, reject) =>
            setImmediate(() => (failed === undefined ? resolve() : reject(failed))),
          ),
        (error: unknown) => {
          failed = error;
          throw error;
        },
      );
    };
  }),
  inCalls("forgets one entity in clear", "S9", () => {
    const graphs = new Map<string, unknown>();
    return (storage, method, args) => {
      if (method === "storeVersionGraph")
        graphs.set(String((args[0] as Stored | null)?.["handlerId"]), args[0]);
      const answer = original(storage, method, args);
      if (method !== "clear") return answer;
      const kept = [...graphs.values()].map((graph) => original(storage, "storeVersionGraph", [graph]));
      return Promise.allSettled([answer, ...kept]).then(() => undefined);
    };
  }),
  inCalls("counts one too many", "S10", () => (storage, method, args) => {
    if (method !== "getStats") return original(storage, method, args);
    const stats = storage.getStats();
    return { ...stats, gtypeCount: stats.gtypeCount && stats.gtypeCount + 1 };
  }),
  inCalls("counts each overwrite", "S10", () => {
    let stored = 0;
    return (storage, method, args) => {
      if (method === "clear") stored = 0;
      if (method === "getStats") return { ...storage.getStats(), versionGraphCount: stored };
      const answer = original(storage, method, args);
      if (method === "storeVersionGraph")
        void (answer as Promise<void>).then(
          () => stored++,
          () => 0,
        );
      return answer;
    };
  }),
  inCalls(
    "answers stats later",
    "S10",
    () => (storage, method, args) =>
      method === "getStats" ? Promise.resolve(storage.getStats()) : original(storage, method, args),
  ),
  inModule("does not close", "S11", () => ({ shutdown: async () => undefined })),
  inModule("is always healthy", "S11", () => ({ healthCheck: async () => true })),
  inModule("cannot be opened again", "S11", (module) => {
    let opened = false;
    return {
      async init() {
        if (!opened) await module.init();
        opened = true;
      },
    };
  }),
  inModule("promises durability that it has not", "S12", (module) => ({
    capabilities: { ...module.capabilities, durable: true },
  })),
  inCalls("rejects with plain errors", "S13", () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          throw new Error(String(error));
        })
      : answer;
  }),
  inCalls("does not know what was written", "S13", () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          if (!StorageError.is(error)) throw error;
          throw again(error, { outcome: "unknown" });
        })
      : answer;
  }),
  inCalls("refuses differently for one entity", "S14", () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return method === "storeGType"
      ? (answer as Promise<void>).catch((error: unknown) => {
          if (!StorageError.is(error)) throw error;
          throw again(error, {}, ", by the way");
        })
      : answer;
  }),
  inCalls("shows the document in its errors", "S17", () => (storage, method, args) => {
    const answer = original(storage, method, args);
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          if (!StorageError.is(error)) throw error;
          throw again(error, { cause: args });
        })
      : answer;
  }),
  inStored("executes what looks like SQL", "S18", (document) =>
    JSON.stringify(Object.values(document), (_, value: unknown) =>
      typeof value === "bigint" ? 0 : value,
    )?.includes("DROP TABLE")
      ? {}
      : document,
  ),
];

function mapValues(document: Stored, change: (value: unknown) => unknown): Stored {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    return change(value);
  };
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, walk(value)]));
}

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.getOwnPropertyDescriptors(value);
  const kept = Object.entries(entries).filter(
    ([, descriptor]) => !("value" in descriptor) || descriptor.value !== undefined,
  );
  return Object.defineProperties({}, Object.fromEntries(kept));
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

function again(error: StorageError, change: Partial<StorageErrorDetails>, more = ""): StorageError {
  const { code, outcome, retryable, entity, hint } = error;
  return new StorageError(error.message + more, {
    code,
    outcome,
    retryable,
    ...(entity === undefined ? {} : { entity }),
    ...(hint === undefined ? {} : { hint }),
    ...change,
  });
}
