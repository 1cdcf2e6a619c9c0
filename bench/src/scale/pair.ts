import { SingleBar } from "cli-progress";
import type { Place } from "./backends.js";
import type { Holder, Weight } from "./holder.js";
import type { Kind } from "./operations.js";
import { HolderProcess } from "./process.js";

/** Documents of each kind. */
export interface Sizes {
  readonly few: number;
  readonly many: number;
}

type Which = keyof Sizes;
type Both<T> = Readonly<Record<Which, T>>;

/** What one document cost when it was loaded: microseconds and bytes. */
interface Cost extends Weight {
  readonly time: number;
}

/** What loading one storage showed. */
export interface Found extends Readonly<Record<Kind, Cost>> {
  /** Bytes of the whole process in the end. */
  readonly process: number;
}

/** Two storages of one backend, each in its own process, and what loading them showed. */
export interface Loaded extends Both<Holder> {
  readonly found: Both<Found>;
  close(): Promise<void>;
}

/** Loads the two one after the other, with a progress bar on a terminal. */
export async function loadBoth(places: Both<Place>, sizes: Sizes, seed: number): Promise<Loaded> {
  const bar = new SingleBar({
    format: `${places.many.backend}: loading {bar} {percentage}% | {value} of {total} | {duration_formatted}, {eta_formatted} to go`,
    clearOnComplete: true,
  });
  bar.start(2 * (sizes.few + sizes.many), 0);
  const holder = (): HolderProcess => new HolderProcess((documents) => bar.increment(documents));
  const holders = { few: holder(), many: holder() };
  const close = async (): Promise<void> => {
    await Promise.allSettled([holders.few.close(), holders.many.close()]);
  };
  try {
    const few = await load(holders.few, places.few, sizes.few, seed);
    const many = await load(holders.many, places.many, sizes.many, seed);
    return { ...holders, found: { few, many }, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    bar.stop();
  }
}

async function load(holder: Holder, place: Place, count: number, seed: number): Promise<Found> {
  await holder.open(place, seed);
  let before = await holder.weigh();
  const one = async (kind: Kind): Promise<Cost> => {
    const milliseconds = await holder.load(kind, count);
    const after = await holder.weigh();
    const cost = {
      time: (milliseconds * 1000) / count,
      memory: (after.memory - before.memory) / count,
      disk: (after.disk - before.disk) / count,
    };
    before = after;
    return cost;
  };
  return { manifest: await one("manifest"), transformer: await one("transformer"), process: before.memory };
}
