/** Anything that JSON holds. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A job that waits in a queue, runs, or is over. */
export interface Job<Payload = Json> {
  queue: string;
  number: number;
  state: "waiting" | "running" | "done" | "failed";
  /** Milliseconds since 1970; absent for a job that runs as soon as it can. */
  runAt?: number;
  priority?: number;
  /** Given, no two jobs share it: submitting twice is refused. */
  idempotencyKey?: string;
  worker?: string;
  payload: Payload;
}

/** Something that happened to a job. */
export type Event =
  | {
      queue: string;
      number: number;
      sequence: number;
      at: number;
      kind: "tried";
      error?: { message: string };
    }
  | { queue: string; number: number; sequence: number; at: number; kind: "finished"; result: unknown };

/** The right of a worker to run the jobs of a queue. */
export interface Lease {
  queue: string;
  exclusive: boolean;
  holder?: string;
  until?: number;
  shared?: boolean;
}
