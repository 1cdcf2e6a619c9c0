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

/** Somebody whom the subject is compared with. */
export interface Peer extends Contender {
  /** The ratio to reach, of the peer's time divided by the subject's. */
  readonly atLeast?: number;
}

/** What one case compares. */
export interface Comparison {
  readonly subject: Contender;
  readonly peers: readonly Peer[];
  /** Operations in one call of `run`; 1 unless given. */
  readonly operationsPerCall?: number;
  /** Calls of each sample; unless given, as many as fill a sample's time. Where samples leave rows behind, it must be given. */
  readonly calls?: number;
  /** Calls of each sample with `--quick`; `calls` unless given. */
  readonly quickCalls?: number;
  /** Whether answers are compared before measuring; true unless given. */
  readonly comparesAnswers?: boolean;
  /** Closes what was opened. */
  close?(): void | Promise<void>;
}

/** One line of a suite: made ready only when it is its turn. */
export interface Case {
  readonly name: string;
  prepare(): Comparison | Promise<Comparison>;
}

/** Cases about one backend. */
export interface Suite {
  readonly name: string;
  /** One sentence for `--help` and the report. */
  readonly about: string;
  readonly cases: readonly Case[];
  /** Closes what its cases shared, after the last of them. */
  close?(): Promise<void>;
}
