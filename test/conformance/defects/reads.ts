import { type Defect, inAnswers, inCalls, inLists, isRead, isStore, original, type Stored } from "./make.js";

/** Defects in what reads answer, and when: rules S6 to S8. */
export const readDefects: readonly Defect[] = [
  inLists("answers lists in reverse", (list) => list.toReversed()),
  inLists("orders ties the other way", (list) =>
    list.toReversed().toSorted((a, b) => Number(a["createdAt"]) - Number(b["createdAt"])),
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
        .then((list) => list.toSorted((a, b) => order.indexOf(a.handlerId) - order.indexOf(b.handlerId)));
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
];
