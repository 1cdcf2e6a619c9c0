import { StorageError } from "@gati-framework/storage";
import type { StorageErrorDetails } from "@gati-framework/storage-kit";

import { type Defect, inCalls, inModule, inStored, isStore, original, type Stored } from "./make.js";

/** Defects in what a storage promises beside its answers: rules S9 to S18. */
export const promiseDefects: readonly Defect[] = [
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
