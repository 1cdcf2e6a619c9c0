/** One attempt to do something later, with what it needs to be done. */
export interface Job<Payload> {
  queue: string;
  number: number;
  /** Done ones are kept beside those to do. */
  done: boolean;
  priority: number;
  /** Milliseconds; left out for "as soon as possible". */
  runAt?: number;
  label?: string;
  payload: Payload;
  followUps?: Job<Payload>[];
}

/** A named lock, held by one worker. */
export interface Lease {
  name: string;
  exclusive: boolean;
  holder: string;
}
