import type { ResultRow, SqlExecutor } from "./executor.js";
import type { GatheredRead } from "./gathered.js";

type Rows = readonly ResultRow[];

interface Call {
  readonly values: readonly unknown[];
  resolve(rows: Rows): void;
  reject(error: unknown): void;
}

/**
 * Gathers the reads that are called one after the other without waiting, and asks for all of one kind with one statement: one
 * trip to the database for many answers. A read that is alone is asked for as it is.
 */
export class ReadGatherer {
  readonly #executor: SqlExecutor;
  #calls = new Map<GatheredRead, Call[]>();

  constructor(executor: SqlExecutor) {
    this.#executor = executor;
  }

  /** The rows of one call, each with its document as `data`. */
  read(read: GatheredRead, values: readonly unknown[]): Promise<Rows> {
    if (read.many === null) return this.#executor.read(read.single, values);
    return new Promise((resolve, reject) => {
      // Before anything else that waits goes on, and so before any connection has answered.
      if (this.#calls.size === 0) queueMicrotask(() => this.#send());
      const call = { values, resolve, reject };
      const calls = this.#calls.get(read);
      if (calls === undefined) this.#calls.set(read, [call]);
      else calls.push(call);
    });
  }

  #send(): void {
    const gathered = this.#calls;
    this.#calls = new Map();
    for (const [read, calls] of gathered) {
      const most = read.many?.most ?? 1;
      for (let start = 0; start < calls.length; start += most) {
        void this.#ask(read, calls.slice(start, start + most));
      }
    }
  }

  async #ask({ single, many }: GatheredRead, calls: readonly Call[]): Promise<void> {
    try {
      const [only] = calls;
      if (only === undefined || many === null) return;
      if (calls.length === 1) {
        only.resolve(await this.#executor.read(single, only.values));
        return;
      }
      const values = many.bind(calls.map((call) => call.values));
      const answers = calls.map((): ResultRow[] => []);
      for (const row of await this.#executor.read(many.statement, values)) {
        if (row["data"] !== null) answers[(row["call"] as number) - 1]?.push(row);
      }
      for (const [index, { resolve }] of calls.entries()) {
        const rows = answers[index] ?? [];
        resolve(many.compare === undefined ? rows : rows.toSorted((a, b) => many.compare!(a, b)));
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }
}
