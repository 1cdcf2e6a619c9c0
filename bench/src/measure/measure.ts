/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import { deepStrictEqual } from "node:assert/strict";
import { type Random, shuffled } from "../data/random.js";
import type { Case, Comparison, SingleCase, Unit } from "./contender.js";
import { LocalRunner, type Runner, runnerOf } from "./sample.js";
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
  readonly unit: Unit;
  /** Microseconds per operation, the median of the rounds; or bytes. */
  readonly subjectValue: number;
  readonly peerValue: number;
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
    const runners = contenders.map(runnerOf);
    if (comparison.comparesAnswers !== false) await compareAnswers(runners);
    const calls: number[] = [];
    for (const runner of runners) calls.push(await warmUp(runner, comparison, plan));
    const times = await takeTurns(runners, calls, comparison.operationsPerCall ?? 1, plan);
    const subject = { name: comparison.subject.name, values: times[0] ?? [] };
    return comparison.peers.map((peer, index) => ({
      suite,
      case: name,
      unit: "time" as const,
      ...compare(subject, { ...peer, values: times[index + 1] ?? [] }),
    }));
  } finally {
    await comparison.close?.();
  }
}

/** Takes what was measured once for the one round that there is. */
export async function measureOnce(suite: string, one: SingleCase): Promise<Result[]> {
  const { subject, peers } = await one.measureOnce();
  return peers.map((peer) => ({
    suite,
    case: one.name,
    unit: one.unit,
    ...compare({ name: subject.name, values: [subject.value] }, { ...peer, values: [peer.value] }),
  }));
}

interface Measured {
  readonly name: string;
  /** Of each round. */
  readonly values: readonly number[];
  readonly atLeast?: number;
}

function compare(subject: Measured, peer: Measured) {
  return {
    subject: subject.name,
    peer: peer.name,
    ...spreadOfRatios(peer.values, subject.values),
    subjectValue: median(subject.values),
    peerValue: median(peer.values),
    rounds: subject.values.length,
    atLeast: peer.atLeast,
  };
}

/** Whoever answers otherwise does other work, and must not be compared. */
async function compareAnswers(runners: readonly Runner[]): Promise<void> {
  const [subject, ...peers] = runners.filter((runner) => runner instanceof LocalRunner);
  const expected = await subject?.answer();
  for (const peer of peers) {
    const message = `${peer.contender.name} answers otherwise than ${subject?.contender.name}`;
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
