import type { Random } from "./random.js";

const LENGTH = 4096;

/** Draws from `items` ahead of time, so that drawing costs a measured call next to nothing. Same calls, same items. */
export function picks<T>(items: readonly T[], random: Random): (call: number) => T {
  const drawn = Array.from({ length: LENGTH }, () => items[Math.floor(random() * items.length)] as T);
  return (call) => drawn[call % LENGTH] as T;
}
