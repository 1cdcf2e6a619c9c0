import fs from "node:fs";
import path from "node:path";

import { nearest } from "../model/suggest.js";
import { BUNDLED_BACKENDS, backendIds } from "./load-backends.js";
import { UsageError } from "../usage-error.js";

/** The backends that somebody asked for. */
export interface AskedBackends {
  /** Of those that come with this package. */
  readonly ids: readonly string[];
  /** Folders with backends of somebody's own, all of which are meant. Absolute. */
  readonly folders: readonly string[];
}

/**
 * Tells ids from folders: `postgres` is the backend that comes with this package, `./backends` is a folder.
 *
 * @param folder what folders are relative to
 * @throws UsageError when something is neither
 */
export function askedBackends(names: readonly string[] | undefined, folder: string): AskedBackends | null {
  if (names === undefined) return null;
  const known = backendIds(BUNDLED_BACKENDS);
  const ids = names.filter((name) => known.includes(name));
  const folders = names.filter((name) => name !== "all" && !known.includes(name));
  for (const name of folders) {
    const entry = fs.statSync(path.resolve(folder, name), { throwIfNoEntry: false });
    if (entry?.isDirectory() !== true) throw unknownBackend(name, known);
  }
  return {
    ids: names.includes("all") ? known : ids,
    folders: folders.map((name) => path.resolve(folder, name)),
  };
}

function unknownBackend(name: string, known: readonly string[]): UsageError {
  const likely = nearest(name, known);
  return new UsageError(
    `there is neither a backend nor a folder \`${name}\``,
    likely === null ? `backends are ${known.join(", ")}` : `did you mean \`${likely}\`?`,
  );
}
