import {
  conflict,
  type ForeignDefect,
  inMethods,
  isConflict,
  type Item,
  type Page,
  type Right,
  wholeList,
} from "./make.js";

const submit = (right: Right, job: Item): Promise<void> => right("submit", job);
const placeOf = ({ queue, number }: Item): string => JSON.stringify([queue, number]);

const whole = (value: unknown): unknown => (Number.isFinite(value) ? Math.trunc(value as number) : value);
const sharedRank = ({ shared }: Item): number => (shared === undefined ? 0 : shared === true ? 2 : 1);
const holderRank = ({ holder }: Item): number => (holder === undefined ? 0 : 1);

/** Defects in what no two documents share, in reading by it, and in what misses answer. */
export const uniqueDefects: readonly ForeignDefect[] = [
  inMethods("journal", "S13", "takes a second one, and says nothing", () => ({
    submit: (right, job: Item) =>
      submit(right, job).catch((error: unknown) => {
        if (!isConflict(error)) throw error;
      }),
  })),
  inMethods("journal", "S13", "stores the second one without what is taken", () => ({
    submit: (right, job: Item) =>
      submit(right, job).catch((error: unknown) => {
        return isConflict(error)
          ? submit(right, { ...job, idempotencyKey: undefined })
          : Promise.reject(error);
      }),
  })),
  inMethods("journal", "S13", "lets the second one take the place of the first", () => ({
    submit: (right, job: Item) =>
      submit(right, job).catch(async (error: unknown) => {
        if (!isConflict(error)) throw error;
        const first = await right<Item>("findByIdempotencyKey", job["idempotencyKey"]);
        await right("forget", first["queue"], first["number"]);
        return submit(right, job);
      }),
  })),
  inMethods("journal", "S13", "has one in conflict with itself", () => ({
    async submit(right, job: Item) {
      const key = typeof job === "object" ? job?.["idempotencyKey"] : undefined;
      const taken = typeof key === "string" ? await right("findByIdempotencyKey", key) : null;
      if (taken !== null && taken !== undefined) throw conflict("job", "idempotencyKey");
      return submit(right, job);
    },
  })),
  inMethods("journal", "S6", "has those in conflict that lack what is not to be shared", () => {
    let lacking: string | undefined;
    return {
      submit(right, job: Item) {
        const isLacking = typeof job === "object" && job !== null && job["idempotencyKey"] === undefined;
        if (isLacking && lacking !== undefined && lacking !== placeOf(job))
          return Promise.reject(conflict("job", "idempotencyKey"));
        if (isLacking) lacking = placeOf(job);
        return submit(right, job);
      },
      clear(right) {
        lacking = undefined;
        return right("clear");
      },
    };
  }),
  inMethods("journal", "S8", "keeps what was removed in the way of others", () => {
    const owners = new Map<unknown, string>();
    const gone = new Set<string>();
    return {
      async submit(right, job: Item) {
        const key = job?.["idempotencyKey"];
        const owner = owners.get(key);
        if (key !== undefined && owner !== undefined && owner !== placeOf(job) && gone.has(owner))
          throw conflict("job", "idempotencyKey");
        await submit(right, job);
        owners.set(key, placeOf(job));
      },
      forget(right, queue: unknown, number: unknown) {
        gone.add(placeOf({ queue, number }));
        return right("forget", queue, number);
      },
      clear(right) {
        owners.clear();
        gone.clear();
        return right("clear");
      },
    };
  }),
  inMethods("journal", "S9", "fails what is written in the turn of a conflict", () => {
    let failed: unknown;
    return {
      async submit(right, job: Item) {
        const writing = submit(right, job).catch((error: unknown) => {
          if (isConflict(error)) failed = error;
          throw error;
        });
        await writing;
        await new Promise((resolve) => setImmediate(resolve));
        if (failed !== undefined) throw failed;
      },
    };
  }),
  inMethods("registry", "S13", "shares one of two groups", () => ({
    release: (right, item: Item) =>
      right("release", item).catch((error: unknown) => {
        if (isConflict(error) && String(error).includes("publishedMs")) return undefined;
        throw error;
      }),
  })),
  inMethods("journal", "S6", "finds what is no longer there by a former value", () => {
    const former = new Map<unknown, unknown>();
    return {
      async submit(right, job: Item) {
        await submit(right, job);
        if (job["idempotencyKey"] !== undefined) former.set(job["idempotencyKey"], job);
      },
      async findByIdempotencyKey(right, key) {
        return (await right("findByIdempotencyKey", key)) ?? former.get(key) ?? null;
      },
    };
  }),
  inMethods("journal", "S7", "misses with undefined instead of null", () => ({
    findByIdempotencyKey: async (right, key) => (await right("findByIdempotencyKey", key)) ?? undefined,
  })),
  inMethods("registry", "S7", "misses with null instead of undefined", () => ({
    findBySlug: async (right, slug) => (await right("findBySlug", slug)) ?? null,
  })),
  inMethods("journal", "S2", "cuts numbers of a key to whole ones", () => {
    return {
      record: (right, event: Item) =>
        right(
          "record",
          typeof event?.["sequence"] === "number" ? { ...event, sequence: whole(event["sequence"]) } : event,
        ),
    };
  }),
  inMethods("journal", "S6", "orders an absent value of a descending order first", () => ({
    async leases(right, options: Item | undefined) {
      const page = await right<Page>("leases", options);
      if (options?.["after"] !== undefined || options?.["limit"] !== undefined) return page;
      const all = await wholeList(right, "leases", [], options);
      const sorted = all.toSorted((a, b) => sharedRank(a) - sharedRank(b) || holderRank(a) - holderRank(b));
      return { ...page, items: sorted.slice(0, page.items.length) };
    },
  })),
];
