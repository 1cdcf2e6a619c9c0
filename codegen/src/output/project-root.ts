import fs from "node:fs";
import path from "node:path";

/**
 * The folder that a spec's project stands in: the nearest above the spec with a package.json, or else the spec's own. Paths in
 * emitted files are relative to it, so that they are the same wherever the generator is run from.
 */
export function projectRoot(schema: string): string {
  const own = path.dirname(path.resolve(schema));
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, "package.json"))) return folder;
    if (folder === path.dirname(folder)) return own;
  }
}
