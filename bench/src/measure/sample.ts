/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import type { Contender, RemoteContender } from "./contender.js";

/** How contenders are run again and again. */
export interface Runner {
  readonly contender: Contender | RemoteContender;
  /** Makes `calls` calls, each awaited before the next. Returns how many milliseconds they took. */
  sample(calls: number): Promise<number>;
}

export function runnerOf(contender: Contender | RemoteContender): Runner {
  if ("run" in contender) return new LocalRunner(contender);
  return { contender, sample: (calls) => contender.sample(calls) };
}

/** Runs a contender of this process, and counts its calls through warm-up and rounds. */
export class LocalRunner implements Runner {
  readonly contender: Contender;
  #call = 0;

  constructor(contender: Contender) {
    this.contender = contender;
  }

  /** One answer, not measured. */
  async answer(): Promise<unknown> {
    await this.contender.before?.();
    return await this.contender.run(this.#call++);
  }

  async sample(calls: number): Promise<number> {
    await this.contender.before?.();
    globalThis.gc?.();
    const { contender } = this;
    let call = this.#call;
    const end = call + calls;
    const start = performance.now();
    for (; call < end; call++) await contender.run(call);
    const elapsed = performance.now() - start;
    this.#call = end;
    return elapsed;
  }
}
