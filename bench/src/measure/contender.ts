/** One of those who are measured, ready to run. */
export interface Contender {
  /** As it stands in the table. */
  readonly name: string;
  /**
   * Does the work once. What comes back is awaited, and must equal what every other contender of the case answers; `call` counts
   * from 0 and never repeats, so that a store may store something new each time.
   */
  run(call: number): unknown;
  /** Runs before each sample and is not measured. */
  before?(): void | Promise<void>;
  /** Calls of each of its samples, instead of the comparison's: for one that is so slow that fewer tell as much. */
  readonly calls?: number;
}

/** One of those who are measured that works in a process of its own, and measures itself there. */
export interface RemoteContender extends Pick<Contender, "name" | "calls"> {
  /** Makes `calls` calls, each awaited before the next. Resolves to how many milliseconds they took. */
  sample(calls: number): Promise<number>;
}

interface Target {
  /** The ratio to reach, of the peer's time, or size, divided by the subject's. */
  readonly atLeast?: number;
}

/** Somebody whom the subject is compared with. */
export type Peer = Contender & Target;

/** What one case compares. */
export interface Comparison {
  readonly subject: Contender | RemoteContender;
  readonly peers: readonly (Peer | (RemoteContender & Target))[];
  /** Operations in one call of `run`; 1 unless given. */
  readonly operationsPerCall?: number;
  /** Calls of each sample; unless given, as many as fill a sample's time. Where samples leave rows behind, it must be given. */
  readonly calls?: number;
  /** Calls of each sample with `--quick`; `calls` unless given. */
  readonly quickCalls?: number;
  /** Whether answers are compared before measuring; true unless given. Those of other processes are not. */
  readonly comparesAnswers?: boolean;
  /** Closes what was opened. */
  close?(): void | Promise<void>;
}

/** One line of a suite: made ready only when it is its turn. */
export interface Case {
  readonly name: string;
  prepare(): Comparison | Promise<Comparison>;
}

/** Something that was measured once. */
export interface Quantity {
  readonly name: string;
  /** Microseconds or bytes. */
  readonly value: number;
}

/** A line of a suite that compares what takes too long, or is too much the same each time, to take turns. */
export interface SingleCase {
  readonly name: string;
  readonly unit: Unit;
  measureOnce(): Promise<{ readonly subject: Quantity; readonly peers: readonly (Quantity & Target)[] }>;
}

/** Microseconds or bytes: less is better. */
export type Unit = "time" | "size";

/** Cases about one backend. */
export interface Suite {
  readonly name: string;
  /** One sentence for `--help` and the report. */
  readonly about: string;
  readonly cases: readonly (Case | SingleCase)[];
  /** Of one that needs what may not be there: says what it has found, for the report, or rejects and says what is missing. */
  readonly find?: () => Promise<string>;
  /** Closes what its cases shared, after the last of them. */
  close?(): Promise<void>;
}
