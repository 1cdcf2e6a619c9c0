import { type ForeignDefect, inMethods, type Item, later } from "./make.js";

const place = ({ scope, name, person }: Item): string => JSON.stringify([scope, name, person]);

/** Defects in what is removed, and in what is counted. */
export const removalDefects: readonly ForeignDefect[] = [
  inMethods("journal", "S2", "removes nothing, and says one", () => ({
    forget: async (right, queue, number) => ((await right("findJob", queue, number)) === undefined ? 0 : 1),
  })),
  inMethods("journal", "S2", "removes a whole queue for one of its jobs", () => ({
    forget: (right, queue) => right("forgetQueue", queue),
  })),
  inMethods("registry", "S2", "removes by one part of a key too few", () => ({
    withdrawMajor: (right, scope, name) => right("withdrawAll", scope, name),
  })),
  inMethods("registry", "S2", "removes only one of many", () => ({
    async withdrawAll(right, scope, name) {
      const [first] = await right<Item[]>("releasesOf", scope, name);
      if (first === undefined) return 0;
      const { major, minor, patch, prerelease } = first;
      return right("withdraw", scope, name, major, minor, patch, prerelease);
    },
  })),
  inMethods("journal", "S2", "counts one too many of what it removes", () => ({
    async forgetQueue(right, queue) {
      const removed = await right<number>("forgetQueue", queue);
      return removed > 1 ? removed + 1 : removed;
    },
  })),
  inMethods("registry", "S7", "answers undefined where it removes nothing", () => ({
    unpublish: async (right, ...key) => (await right("unpublish", ...key)) || undefined,
  })),
  inMethods("journal", "S1", "takes numbers of a key as texts", () => ({
    forget: (right, queue, number) =>
      right("forget", queue, typeof number === "number" ? number : Number(String(number))),
  })),
  inMethods("registry", "S6", "gives back the position of what was removed", () => {
    const order: string[] = [];
    return {
      addMaintainer(right, item: Item) {
        if (!order.includes(place(item))) order.push(place(item));
        return right("addMaintainer", item);
      },
      async maintainersOf(right, ...args) {
        const list = await right<Item[]>("maintainersOf", ...args);
        return list.toSorted((a, b) => order.indexOf(place(b)) - order.indexOf(place(a)));
      },
    };
  }),
  inMethods("registry", "S8", "removes later than it is called", () => ({
    removeMaintainer: (right, ...key) => later(async () => right("removeMaintainer", ...key)),
  })),
  inMethods("registry", "S18", "takes a percent sign for anything", () => ({
    async removeTags(right, word: unknown) {
      if (word !== "%") return right("removeTags", word);
      const tags = await right<Item[]>("tags", {});
      for (const tag of tags) void right("removeTags", tag["word"]);
      return tags.length;
    },
  })),
  inMethods("journal", "S6", "counts one too few", () => ({
    async countJobs(right, ...args) {
      const found = await right<number>("countJobs", ...args);
      return found > 2 ? found - 1 : found;
    },
  })),
  inMethods("journal", "S7", "counts what its filters leave out", () => ({
    countJobs: (right, queue, options: Item = {}) =>
      right("countJobs", queue, { ...options, state: undefined }),
  })),
  inMethods("journal", "S7", "counts nothing as undefined", () => ({
    countAll: async (right) => (await right("countAll")) || undefined,
  })),
  inMethods("registry", "S1", "counts for wrong arguments as for none", () => ({
    countPackagesOf: (right, person: unknown) =>
      typeof person === "string" ? right("countPackagesOf", person) : Promise.resolve(0),
  })),
];
