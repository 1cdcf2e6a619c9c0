/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import { deepStrictEqual } from "node:assert/strict";
import { type Random, shuffled } from "../data/random.js";
import type { Case, Comparison, Peer } from "./contender.js";
import { Runner } from "./sample.js";
import { median, type Spread, spreadOfRatios } from "./statistics.js";

/** How to measure. */
export interface Plan {
  readonly rounds: number;
  /** Milliseconds that a sample of reads is to take. */
  readonly sampleTime: number;
  /** Milliseconds for which each contender runs before it is measured. */
  readonly warmUpTime: number;
  /** Whether `quickCalls` count instead of `calls`. */
  readonly quick: boolean;
  /** Decides the order within each round. */
  readonly random: Random;
}

/** One subject beside one peer. */
export interface Result extends Spread {
  readonly suite: string;
  readonly case: string;
  readonly subject: string;
  readonly peer: string;
  /** Microseconds per operation, the median of the rounds. */
  readonly subjectTime: number;
  readonly peerTime: number;
  readonly rounds: number;
  readonly atLeast: number | undefined;
}

/** Fewer calls than this say little of a single one. */
const LEAST_CALLS = 5;
const FIRST_CALLS = 8;

/**
 * Measures one case: every contender warms up, then all of them take turns, round by round, in an order that is drawn anew for
 * each round.
 */
export async function measure(suite: string, { name, prepare }: Case, plan: Plan): Promise<Result[]> {
  const comparison = await prepare();
  try {
    const contenders = [comparison.subject, ...comparison.peers];
    const runners = contenders.map((contender) => new Runner(contender));
    if (comparison.comparesAnswers !== false) await compareAnswers(runners);
    const calls: number[] = [];
    for (const runner of runners) calls.push(await warmUp(runner, comparison, plan));
    const times = await takeTurns(runners, calls, comparison.operationsPerCall ?? 1, plan);
    return comparison.peers.map((peer, index) => ({
      suite,
      case: name,
      ...compare(comparison.subject.name, times[0] ?? [], peer, times[index + 1] ?? []),
      rounds: plan.rounds,
    }));
  } finally {
    await comparison.close?.();
  }
}

function compare(subject: string, subjectTimes: readonly number[], peer: Peer, peerTimes: readonly number[]) {
  return {
    subject,
    peer: peer.name,
    ...spreadOfRatios(peerTimes, subjectTimes),
    subjectTime: median(subjectTimes),
    peerTime: median(peerTimes),
    atLeast: peer.atLeast,
  };
}

/** Whoever answers otherwise does other work, and must not be compared. */
async function compareAnswers(runners: readonly Runner[]): Promise<void> {
  const [subject, ...peers] = runners as [Runner, ...Runner[]];
  const expected = await subject.answer();
  for (const peer of peers) {
    const message = `${peer.contender.name} answers otherwise than ${subject.contender.name}`;
    deepStrictEqual(await peer.answer(), expected, message);
  }
}

/** Warms up, and tells how many calls a sample makes. */
async function warmUp(runner: Runner, comparison: Comparison, plan: Plan): Promise<number> {
  const fixed =
    runner.contender.calls ?? (plan.quick ? comparison.quickCalls : undefined) ?? comparison.calls;
  if (fixed !== undefined) {
    await runner.sample(fixed);
    return fixed;
  }
  let calls = FIRST_CALLS;
  let elapsed = 0;
  let last = 0;
  while (elapsed < plan.warmUpTime) {
    if (last > 0 && last < plan.sampleTime) calls *= 2;
    last = await runner.sample(calls);
    elapsed += last;
  }
  return Math.max(LEAST_CALLS, Math.round((calls * plan.sampleTime) / last));
}

/** The microseconds of one operation: of each runner, of each round. */
async function takeTurns(
  runners: readonly Runner[],
  calls: readonly number[],
  operationsPerCall: number,
  { rounds, random }: Plan,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = runners.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const turn of shuffled([...runners.keys()], random)) {
      const count = calls[turn] as number;
      const elapsed = await (runners[turn] as Runner).sample(count);
      times[turn]?.push((elapsed * 1000) / (count * operationsPerCall));
    }
  }
  return times;
}
