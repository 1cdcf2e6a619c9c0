/** How long the last change must be past before it counts, in milliseconds: editors save in several steps. */
const SETTLE = 100;

/** Changes of watched files, gathered: however many there were, the one who waits is told once. */
export class Changes {
  #pending = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: () => void = () => {};

  /** Something changed. */
  add(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pending = true;
      this.#wake();
    }, SETTLE);
  }

  /** Whoever waits, now or later, is told that there is nothing more to wait for. */
  end(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    this.#wake();
  }

  /** Waits for a change that no earlier call has answered for. False when it has ended. */
  async next(): Promise<boolean> {
    if (!this.#pending && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#pending = false;
    return !this.#ended;
  }
}
