import { type Defect, inCalls, inStored, inTexts, isRead, isStore, original, type Stored } from "./make.js";

/** Defects in what keys are and what documents hold: rules S1 to S5. */
export const dataDefects: readonly Defect[] = [
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
  inStored("sorts properties", "S4", (document) => {
    const { extra } = document;
    if (typeof extra !== "object" || extra === null || Object.getPrototypeOf(extra) !== Object.prototype)
      return document;
    const sorted = Object.entries(Object.getOwnPropertyDescriptors(extra)).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    );
    return { ...document, extra: Object.defineProperties({}, Object.fromEntries(sorted)) };
  }),
  inStored("drops unknown fields", "S4", (document) =>
    Object.fromEntries(Object.entries(document).filter(([key]) => key !== "extra")),
  ),
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
];

/** Takes two key parts for the one text that they make, cut at its first colon. */
function split(a: unknown, b: unknown): [unknown, unknown] {
  if (typeof a !== "string" || typeof b !== "string") return [a, b];
  const joined = `${a}:${b}`;
  const at = joined.indexOf(":");
  return at > 0 && at < joined.length - 1 ? [joined.slice(0, at), joined.slice(at + 1)] : [a, b];
}

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
