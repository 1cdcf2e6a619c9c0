import fs from "node:fs";

import { StorageError } from "../../errors.js";
import { FileLock } from "./file-lock.js";
import { redoName } from "./redo-name.js";

/**
 * For drivers that write into a file in place: refuses one that an image storage, such as sql.js, has for itself, and one whose
 * latest writes still stand in its redo log, where SQLite would not look.
 *
 * @throws StorageError `LOCKED`
 */
export function refuseImageInUse(backend: string, filename: string): void {
  FileLock.refuseHeld(backend, filename);
  const redo = redoName(filename);
  if ((fs.statSync(redo, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  throw new StorageError(`${backend}: the latest writes to ${filename} stand in ${redo}`, {
    code: "LOCKED",
    backend,
    retryable: false,
    hint: "Open it once with sql.js, which folds them into the file, and shut that down.",
  });
}
