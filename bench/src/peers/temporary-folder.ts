import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A folder for the files of one case. `remove()` deletes it with all that is in it. */
export function temporaryFolder(): { readonly path: string; file(name: string): string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "storage-bench-"));
  return {
    path: folder,
    file: (name) => path.join(folder, `${name}.sqlite`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
