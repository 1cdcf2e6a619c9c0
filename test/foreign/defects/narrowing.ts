import { type ForeignDefect, inMethods, type Item, type Options, type Page, wholeList } from "./make.js";

const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);

/** Defects in what lists let through, in which direction, and how many of it. */
export const narrowingDefects: readonly ForeignDefect[] = [
  inMethods("journal", "S6", "takes the upper end of a range for a part of it", () => ({
    async due(right, queue, state, options: Options) {
      const { before, limit, ...rest } = options ?? {};
      if (!isNumber(before)) return right("due", queue, state, options);
      const all = await right<Item[]>("due", queue, state, rest);
      return all.filter(({ runAt }) => isNumber(runAt) && runAt <= before).slice(0, limit as number);
    },
  })),
  inMethods("journal", "S6", "leaves the lower end out of a range", () => ({
    async jobs(right, queue, options: Options) {
      const page = await right<Page>("jobs", queue, options);
      return {
        ...page,
        items: page.items.filter(({ runAt }) => runAt !== (options?.["from"] ?? Number.NaN)),
      };
    },
  })),
  inMethods("registry", "S6", "takes what is absent for less than any bound", () => ({
    async top(right, options: Options) {
      const { below, limit, ...rest } = options ?? {};
      if (!isNumber(below)) return right("top", options);
      const all = await right<Item[]>("top", rest);
      return all
        .filter(({ downloads }) => !isNumber(downloads) || downloads < below)
        .slice(0, limit as number);
    },
  })),
  inMethods("registry", "S6", "compares numbers as texts", () => ({
    async countPackages(right, options: Options) {
      const { atLeast, ...rest } = options ?? {};
      if (!isNumber(atLeast)) return right("countPackages", options);
      const all = await right<Item[]>("top", {});
      return all.filter(
        ({ scope, downloads }) =>
          (rest["scope"] === undefined || rest["scope"] === scope) &&
          isNumber(downloads) &&
          String(downloads) >= String(atLeast),
      ).length;
    },
  })),
  inMethods("registry", "S6", "compares texts by their UTF-16 units", () => ({
    async tags(right, options: Options) {
      const { from, limit, ...rest } = options ?? {};
      if (typeof from !== "string") return right("tags", options);
      const all = await right<Item[]>("tags", rest);
      return all
        .filter(({ sortedAs }) => typeof sortedAs === "string" && sortedAs >= from)
        .slice(0, limit as number);
    },
  })),
  inMethods("journal", "S6", "reads the latest in the direction of the soonest", () => ({
    async latestJobs(right, queue, options: Options) {
      const page = await right<Page>("latestJobs", queue, options);
      return { ...page, items: page.items.toReversed() };
    },
  })),
  inMethods("registry", "S6", "limits before it turns round", () => ({
    async maintainersOf(right, scope, name, options: Options) {
      const { limit, ...rest } = options ?? {};
      if (!isNumber(limit)) return right("maintainersOf", scope, name, options);
      const all = await right<Item[]>("maintainersOf", scope, name, rest);
      return all.slice(-limit);
    },
  })),
  inMethods("registry", "S6", "limits before it filters", () => ({
    async tags(right, options: Options) {
      const { limit, curated, ...rest } = options ?? {};
      if (!isNumber(limit) || curated === undefined) return right("tags", options);
      const some = await right<Item[]>("tags", { ...rest, limit });
      return some.filter((tag) => tag["curated"] === curated);
    },
  })),
  inMethods("journal", "S6", "answers one more than its limit", () => ({
    oldest: (right, options: Options) =>
      isNumber(options?.["limit"]) && Number.isSafeInteger(options["limit"] + 1)
        ? right("oldest", { ...options, limit: options["limit"] + 1 })
        : right("oldest", options),
  })),
  inMethods("journal", "S1", "takes a limit of 0 for none", () => ({
    oldest: (right, options: Options) =>
      right("oldest", options?.["limit"] === 0 ? { ...options, limit: undefined } : options),
  })),
  inMethods("registry", "S7", "takes false for no filter", () => ({
    browse: (right, options: Options) =>
      right("browse", options?.["deprecated"] === false ? { ...options, deprecated: undefined } : options),
  })),
  inMethods("journal", "S7", "filters by what is undefined", () => ({
    async leases(right, options: Options) {
      const page = await right<Page>("leases", options);
      if (typeof options !== "object" || !("shared" in options) || options["shared"] !== undefined)
        return page;
      return { ...page, items: page.items.filter(({ shared }) => shared === undefined) };
    },
  })),
  inMethods("registry", "S16", "overlooks options that it has not", () => ({
    top(right, options: Options) {
      if (typeof options !== "object" || options === null || Array.isArray(options))
        return right("top", options);
      const known = ["atLeast", "below", "limit"].filter((name) => Object.hasOwn(options, name));
      return right("top", Object.fromEntries(known.map((name) => [name, options[name]])));
    },
  })),
  inMethods("journal", "S6", "answers the first of a queue for the last", () => ({
    async findJob(right, queue, ...rest) {
      if (rest[0] !== undefined) return right("findJob", queue, ...rest);
      await right("findJob", queue);
      return typeof queue === "string" ? (await wholeList(right, "jobs", [queue]))[0] : undefined;
    },
  })),
];
