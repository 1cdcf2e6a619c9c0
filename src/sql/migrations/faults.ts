import { StorageError } from "../../errors.js";
import type { ResultRow } from "../executor.js";
import type { Upgrade } from "./upgrade.js";

/** How many rows an error names. */
const NAMED = 5;

/** Rows that do not fit the new version. */
export class Faults {
  readonly #named: string[] = [];
  #count = 0;

  /** Notes a row by its position and its key; nothing else of the document (rule S17). */
  add(entity: string, seq: number, key: string, what: string): void {
    this.#count++;
    if (this.#named.length < NAMED) {
      this.#named.push(`${entity}${key === "" ? "" : ` ${key}`} at position ${seq}: ${what}`);
    }
  }

  /** @throws StorageError `SCHEMA_MISMATCH` that names the first of them, if there are any. */
  refuse(backend: string, from: number, to: number): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#named.length;
    const list = [...this.#named, ...(more === 0 ? [] : [`and ${more} more`])].map((line) => `\n  ${line}`);
    const rows = this.#count === 1 ? "a row does" : `${this.#count} rows do`;
    throw new StorageError(
      `${backend}: cannot upgrade from schema version ${from} to ${to}: ${rows} not fit, and nothing was changed${list.join("")}`,
      {
        code: "SCHEMA_MISMATCH",
        backend,
        hint: "Mend the rows with the release that wrote them. For rows that share a key, the spec can say `onDuplicateKey`.",
      },
    );
  }
}

/** @throws StorageError `SCHEMA_MISMATCH` that names what is in the way, if anything is. */
export function refuseObstacles(
  backend: string,
  where: string,
  { from, to }: Upgrade,
  rows: readonly ResultRow[],
): void {
  if (rows.length === 0) return;
  const list = rows.map(({ what }) => `\n  ${String(what)}`).toSorted();
  throw new StorageError(
    `${backend}: cannot upgrade ${where} from schema version ${from} to ${to}: what is not ours is in the way, and nothing was changed${list.join("")}`,
    {
      code: "SCHEMA_MISMATCH",
      backend,
      hint: "Rename or drop it; triggers, views and foreign keys can be made anew once the upgrade is done.",
    },
  );
}
