import { StorageError } from "@gati-framework/storage-kit";
import type { StorageContract } from "@gati-framework/storage";
import { expect } from "vitest";

import { gtype } from "../support/documents.js";

/** What writers were told while something was being broken. */
export interface LoadResult {
  readonly acknowledged: readonly string[];
  readonly failed: readonly { readonly ref: string; readonly error: StorageError }[];
}

/** Writers that store rows of their own, one after the other, on one storage or several. */
export class Load {
  readonly #acknowledged: string[] = [];
  readonly #failed: { ref: string; error: StorageError }[] = [];
  readonly #writers: Promise<void>[];
  #over = false;

  constructor(storages: readonly StorageContract[], writers: number) {
    this.#writers = Array.from({ length: writers }, (_, writer) =>
      this.#write(storages[writer % storages.length] as StorageContract, writer),
    );
  }

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  get failures(): number {
    return this.#failed.length;
  }

  /** Resolves when so many more writes have been acknowledged: the storage works. */
  async more(count: number): Promise<void> {
    const goal = this.#acknowledged.length + count;
    const deadline = performance.now() + 20_000;
    while (this.#acknowledged.length < goal) {
      if (performance.now() > deadline) throw new Error(`no ${count} writes within twenty seconds`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<LoadResult> {
    this.#over = true;
    await Promise.all(this.#writers);
    return { acknowledged: this.#acknowledged, failed: this.#failed };
  }

  async #write(storage: StorageContract, writer: number): Promise<void> {
    for (let next = 0; !this.#over; next++) {
      const ref = `${writer}.${next}`;
      try {
        await storage.storeGType(gtype(ref, { writer, next }));
        this.#acknowledged.push(ref);
      } catch (error) {
        if (!StorageError.is(error)) throw error;
        this.#failed.push({ ref, error });
        // A server that refuses at once is not to be asked ten thousand times.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}

/** How many writes are lost: acknowledged and not there, or there although said to be not written. */
export async function countLost(
  storage: StorageContract,
  { acknowledged, failed }: LoadResult,
): Promise<number> {
  let lost = 0;
  const found = await Promise.all(acknowledged.map((ref) => storage.getGType(ref)));
  for (const [index, document] of found.entries()) {
    const [writer, next] = (acknowledged[index] ?? "").split(".").map(Number) as [number, number];
    if (document === undefined) lost++;
    else expect(document).toEqual(gtype(`${writer}.${next}`, { writer, next }));
  }
  for (const { ref, error } of failed) {
    if (error.outcome === "not-written" && (await storage.getGType(ref)) !== undefined) lost++;
  }
  return lost;
}
