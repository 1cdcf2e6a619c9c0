import type { StoragePage } from "../selection/selection.js";
import type { DynamicContract } from "./initializer.js";

/** Reads pages of a storage. A cursor is each storage's own: only whether there is one can be compared. */
export class PageReader {
  readonly #storage: DynamicContract;
  /** The arguments for the page after the last that was asked for of a list, by its method. */
  readonly #next = new Map<string, readonly unknown[]>();
  /** Which reading of a list was the last, by its method: answers may come in another order than calls. */
  readonly #last = new Map<string, symbol>();

  constructor(storage: DynamicContract) {
    this.#storage = storage;
  }

  read(pages: "all" | "first" | "next", method: string, args: readonly unknown[]): Promise<unknown> {
    if (pages === "all") return this.#readAll(method, args);
    return this.#readOne(method, (pages === "next" ? this.#next.get(method) : undefined) ?? args);
  }

  /** A cursor of before a `clear()` means nothing after it: some databases number their rows anew, others go on. */
  forget(): void {
    this.#next.clear();
    this.#last.clear();
  }

  async #readOne(method: string, args: readonly unknown[]): Promise<unknown> {
    const reading = Symbol(method);
    this.#last.set(method, reading);
    const { items, next } = await this.#call(method, args);
    if (this.#last.get(method) === reading) {
      if (next === undefined) this.#next.delete(method);
      else this.#next.set(method, goingOn(args, next));
    }
    return { items, hasNext: next !== undefined };
  }

  /** The items of each page. */
  async #readAll(method: string, args: readonly unknown[]): Promise<unknown> {
    const pages: unknown[] = [];
    let page = args;
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- each page names the next
      const { items, next } = await this.#call(method, page);
      pages.push(items);
      if (next === undefined) return pages;
      page = goingOn(page, next);
    }
  }

  #call(method: string, args: readonly unknown[]): Promise<StoragePage<unknown>> {
    return this.#storage[method]?.(...args) as Promise<StoragePage<unknown>>;
  }
}

/** The last argument are the options. */
function goingOn(args: readonly unknown[], after: string): readonly unknown[] {
  return [...args.slice(0, -1), { ...(args.at(-1) as object), after }];
}
