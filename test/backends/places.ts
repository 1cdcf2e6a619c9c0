import { afterAll } from "vitest";

/** A part of a server that one storage uses at a time: a schema, or a database. */
export interface Place {
  /** Takes every row out of its tables, and leaves the tables. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Places that the storages of a test file use one after the other: making tables on a server takes ten times longer than using
 * them. Storages in use at the same time have a place each. All are removed after the last test.
 */
export class Places<Made extends Place> {
  readonly #make: () => Promise<Made>;
  readonly #made: Made[] = [];
  readonly #free: Made[] = [];

  constructor(make: () => Promise<Made>) {
    this.#make = make;
    afterAll(async () => {
      await Promise.all(this.#made.map((place) => place.remove()));
    });
  }

  /** One that nobody uses, empty; the first time, without tables. */
  async take(): Promise<Made> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const place = await this.#make();
    this.#made.push(place);
    return place;
  }

  /** Gives one back that its storage has left. */
  async giveBack(place: Made): Promise<void> {
    await place.empty();
    this.#free.push(place);
  }
}
