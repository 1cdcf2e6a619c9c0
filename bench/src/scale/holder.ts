import type { StorageModule } from "@gati-framework/storage";
import { seededRandom } from "../data/random.js";
import { type Place, type Opened, open } from "./backends.js";
import {
  type Choice,
  type Kind,
  nthManifest,
  nthTransformer,
  OPERATIONS,
  type OperationName,
  VERSIONS,
} from "./operations.js";

/**
 * Which documents are drawn: `all` of them alike, so that where there are many hardly one is in a cache of the processor or of
 * the database; or those of `some` handlers, the same few whatever is held besides.
 */
export type Drawn = "all" | "some";

/** What a storage takes, in bytes. */
export interface Weight {
  /** Of the process: JavaScript's objects and buffers, after garbage has been collected. */
  readonly memory: number;
  /** Of the database, closed tidily; 0 in memory. */
  readonly disk: number;
}

/** One storage in a process of its own, which its parent talks to. All times are in milliseconds. */
export interface Holder {
  open(place: Place, seed: number): Promise<void>;
  /** Stores documents of one kind, many in one turn. The time that storing them took, without making them. */
  load(kind: Kind, count: number): Promise<number>;
  weigh(): Promise<Weight>;
  /** The time of opening it again. */
  reopen(): Promise<number>;
  /** The time of `calls` calls, each awaited before the next, with keys and documents that are made anew for each. */
  sample(operation: OperationName, drawn: Drawn, calls: number): Promise<number>;
  close(): Promise<void>;
}

/** Stores of one turn while loading. */
const AT_ONCE = 1000;

/** How many handlers are some. */
const SOME = 40;

/** A {@link Holder} in this process; `loaded` hears of every batch. */
export function makeHolder(loaded: (documents: number) => void): Holder {
  let opened: Opened;
  let choices: Readonly<Record<Drawn, Choice>>;
  const storage = (): StorageModule["exports"] => opened.module.exports;
  const held = { manifest: 0, transformer: 0 };

  return {
    async open(place, seed) {
      opened = open(place);
      choices = makeChoices(held, seed);
      await opened.module.init();
    },

    async load(kind, count) {
      const store = (index: number): (() => Promise<void>) => {
        if (kind === "transformer") {
          const document = nthTransformer(index);
          return () => storage().storeTransformer(document);
        }
        const document = nthManifest(index);
        return () => storage().storeManifest(document);
      };
      let time = 0;
      while (held[kind] < count) {
        const length = Math.min(AT_ONCE, count - held[kind]);
        const stores = Array.from({ length }, (_, index) => store(held[kind] + index));
        const start = performance.now();
        await Promise.all(stores.map((run) => run()));
        time += performance.now() - start;
        held[kind] += length;
        loaded(length);
      }
      return time;
    },

    async weigh() {
      const disk = await opened.disk();
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return { memory: heapUsed + external, disk };
    },

    async reopen() {
      await opened.module.shutdown();
      const start = performance.now();
      await opened.module.init();
      return performance.now() - start;
    },

    async sample(name, drawn, calls) {
      const { draw, run, documents } = OPERATIONS[name];
      const items = Array.from({ length: calls }, () => draw(choices[drawn]) as never);
      const store = storage();
      // The young generation only: to collect a million documents before each sample would take minutes.
      (globalThis.gc as ((options: { type: "minor" }) => void) | undefined)?.({ type: "minor" });
      let answer: unknown;
      const start = performance.now();
      for (const item of items) answer = await run(store, item);
      const elapsed = performance.now() - start;
      const found = [answer].flat().filter((document) => document !== undefined).length;
      if (found !== documents) throw new Error(`${name} answered ${found} documents instead of ${documents}`);
      return elapsed;
    },

    async close() {
      await opened.close();
    },
  };
}

function makeChoices(held: Record<Kind, number>, seed: number): Readonly<Record<Drawn, Choice>> {
  const random = seededRandom(seed);
  const next = (kind: Kind): number => held[kind]++;
  const below = (limit: number): number => Math.floor(random() * limit);
  const any = (kind: Kind): number => below(held[kind]);
  const handlers: number[] = [];
  const ofSome = (kind: Kind): number => {
    while (handlers.length < SOME) handlers.push(below(Math.floor(held[kind] / VERSIONS)));
    return (handlers[below(SOME)] as number) * VERSIONS + below(VERSIONS);
  };
  return { all: { held: any, next }, some: { held: ofSome, next } };
}
