/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import type { Contender } from "./contender.js";

/** Runs a contender again and again, and counts its calls through warm-up and rounds. */
export class Runner {
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

  /** Makes `calls` calls, each awaited before the next. Returns how many milliseconds they took. */
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
