/** The middle value, or the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The median of each round's ratio, and the least and the greatest of them. */
export interface Spread {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** `peer` divided by `subject`, round by round: what disturbs a whole round disturbs both. */
export function spreadOfRatios(peer: readonly number[], subject: readonly number[]): Spread {
  const ratios = peer.map((time, round) => time / (subject[round] ?? Number.NaN));
  return { ratio: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
