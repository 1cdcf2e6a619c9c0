import fs from "node:fs";

import { StorageError } from "../../errors.js";

/** The redo log's name, beside its file. SQLite's own logs end in `-wal` and `-journal`. */
export function redoName(filename: string): string {
  return `${filename}.redo`;
}

/** Refuses to create a file where the redo log of one that is gone still stands: with a new file it would make no sense. */
export function refuseOrphanedRedo(backend: string, filename: string): void {
  if (!fs.existsSync(redoName(filename))) return;
  // Unless another process has created the file, and written to it, since we looked.
  if (fs.existsSync(filename)) return;
  throw new StorageError(`${backend}: ${redoName(filename)} belongs to a file that is gone`, {
    code: "CORRUPT",
    backend,
    hint: "It holds the latest writes of that file. Bring the file back, or remove the redo log too.",
  });
}
