import { StorageError } from "@gati-framework/storage-kit";

import {
  type ForeignDefect,
  inMethods,
  type Item,
  type Options,
  type Page,
  type Right,
  wholeList,
} from "./make.js";

const USUAL_SIZE = 100;
const sizeOf = (options: Options): number => (options?.["limit"] as number | undefined) ?? USUAL_SIZE;
const afterOf = (options: Options): string | undefined => options?.["after"] as string | undefined;
const right = (storage: Right, ...args: readonly unknown[]): Promise<Page> => storage("jobs", ...args);

/** A defect of the list `jobs`, which is read page by page. */
function inJobs(
  rule: string,
  name: string,
  make: () => (storage: Right, queue: string, options: Options) => Promise<Page>,
): ForeignDefect {
  return inMethods("journal", rule, name, () => ({ jobs: make() as never }));
}

/** Pages cut out of `items`, a number for a cursor. */
function cut(items: readonly Item[], from: number, size: number): Page {
  return {
    items: items.slice(from, from + size),
    next: items.length > from + size ? String(from + size) : undefined,
  };
}

/** Defects in lists that are read page by page. */
export const pageDefects: readonly ForeignDefect[] = [
  inJobs("S6", "begins a page with the last of the one before", () => {
    const last = new Map<string, Item>();
    return async (storage, queue, options) => {
      const page = await right(storage, queue, options);
      const before = last.get(afterOf(options) ?? "");
      const item = page.items.at(-1);
      if (page.next !== undefined && item !== undefined) last.set(page.next, item);
      return before === undefined ? page : { ...page, items: [before, ...page.items] };
    };
  }),
  inJobs("S6", "leaves out one between two pages", () => async (storage, queue, options) => {
    const page = await right(storage, queue, options);
    if (page.next === undefined) return page;
    const { next } = await right(storage, queue, { ...options, limit: 1, after: page.next });
    return { ...page, next };
  }),
  inJobs("S6", "goes on by a number of rows", () => async (storage, queue, options) => {
    const from = Number(afterOf(options) ?? 0);
    return cut(await wholeList(storage, "jobs", [queue], options), from, sizeOf(options));
  }),
  inJobs("S6", "keeps what it found at first", () => {
    const snapshots: Item[][] = [];
    return async (storage, queue, options) => {
      const after = afterOf(options);
      if (after === undefined) snapshots.push(await wholeList(storage, "jobs", [queue], options));
      const [snapshot, from] =
        after === undefined ? [snapshots.length - 1, 0] : (after.split(".").map(Number) as [number, number]);
      const page = cut(snapshots[snapshot] ?? [], from, sizeOf(options));
      return { ...page, next: page.next === undefined ? undefined : `${snapshot}.${page.next}` };
    };
  }),
  inJobs("S6", "goes on after all equals of the last", () => {
    const last = new Map<string, Item>();
    return async (storage, queue, options) => {
      const before = last.get(afterOf(options) ?? "");
      const rest = (await wholeList(storage, "jobs", [queue], options)).filter((_, index, all) => {
        if (before === undefined) return true;
        const at = all.findLastIndex(
          ({ runAt, priority }) =>
            Object.is(runAt, before["runAt"]) && Object.is(priority, before["priority"]),
        );
        return index > at;
      });
      const page = cut(rest, 0, sizeOf(options));
      const item = page.items.at(-1);
      if (page.next === undefined || item === undefined) return { ...page, next: undefined };
      const next = `after ${last.size}`;
      last.set(next, item);
      return { ...page, next };
    };
  }),
  inJobs("S6", "names a page after the last", () => async (storage, queue, options) => {
    if (afterOf(options) === "end") return { items: [], next: undefined };
    const page = await right(storage, queue, options);
    return page.items.length === sizeOf(options) ? { ...page, next: page.next ?? "end" } : page;
  }),
  inJobs("S6", "forgets that there is more", () => async (storage, queue, options) => ({
    ...(await right(storage, queue, options)),
    next: undefined,
  })),
  inJobs("S6", "forgets its filters after the first page", () => (storage, queue, options) => {
    const after = afterOf(options);
    return after === undefined
      ? right(storage, queue, options)
      : right(storage, queue, { limit: options?.["limit"], after });
  }),
  inJobs("S6", "holds all of it in one page unless told otherwise", () => async (storage, queue, options) => {
    const isPlain = typeof options === "object" && options !== null && !Array.isArray(options);
    const hasSize = isPlain && options["limit"] !== undefined;
    if (hasSize || (options !== undefined && !isPlain)) return right(storage, queue, options);
    return right(storage, queue, { ...options, limit: 100_000 });
  }),
  inJobs("S1", "begins anew for a cursor that is damaged", () => async (storage, queue, options) => {
    try {
      return await right(storage, queue, options);
    } catch (error) {
      if (afterOf(options) === undefined || !StorageError.is(error)) throw error;
      return right(storage, queue, { ...options, after: undefined });
    }
  }),
  inJobs("S1", "takes the cursor of another list", () => async (storage, queue, options) => {
    try {
      return await right(storage, queue, options);
    } catch (error) {
      const of = Buffer.from(String(afterOf(options)), "base64url").toString();
      if (!of.includes('"latestJobs"')) throw error;
      return { items: [], next: undefined };
    }
  }),
];
