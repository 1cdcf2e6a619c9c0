import fs from "node:fs";
import path from "node:path";

import type { Output } from "./generate.js";
import { isEmitted } from "./output/banner.js";

/** What differs between the output and the disk. */
export interface Change {
  readonly kind: "write" | "remove" | "foreign";
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  /** What is on the disk; empty when there is nothing. */
  readonly before: string;
  /** What should be; empty when nothing. */
  readonly after: string;
}

/** What install and build steps put into an emitted folder. */
const NOT_OURS = new Set(["node_modules", "dist"]);

/**
 * Compares the output with the disk: files to write, emitted files that no longer belong (`remove`), and files in emitted
 * folders that nobody emitted (`foreign`), which are reported but never removed.
 */
export function compare(output: Output, out: string): Change[] {
  const changes: Change[] = [];
  for (const [file, after] of output.files) {
    const before = readIfThere(path.join(out, file));
    if (before !== after) changes.push({ kind: "write", file, before: before ?? "", after });
  }
  for (const file of filesIn(out, output.folders)) {
    if (output.files.has(file)) continue;
    const before = fs.readFileSync(path.join(out, file), "utf8");
    changes.push({ kind: isEmitted(before) ? "remove" : "foreign", file, before, after: "" });
  }
  return changes.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** Writes what changed and removes what is stale. */
export function apply(changes: readonly Change[], out: string): void {
  for (const { kind, file, after } of changes) {
    const target = path.join(out, file);
    if (kind === "write") {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, after);
    } else if (kind === "remove") {
      fs.rmSync(target);
      removeEmptyFolders(path.dirname(target), out);
    }
  }
}

/** A change as a unified diff. */
export async function renderDiff({ file, before, after }: Change): Promise<string> {
  // Only what differs is worth loading it for.
  const { createTwoFilesPatch } = await import("diff");
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, "on disk", "generated");
}

/** Every file in the output's folders, and emitted ones in folders beside them, which an earlier run may have left. */
function filesIn(out: string, folders: readonly string[]): string[] {
  if (!fs.existsSync(out)) return [];
  return fs
    .readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const files = walk(out, entry.name);
      return folders.includes(entry.name)
        ? files
        : files.filter((file) => isEmitted(fs.readFileSync(path.join(out, file), "utf8")));
    });
}

function walk(out: string, folder: string): string[] {
  return fs.readdirSync(path.join(out, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(out, name);
    return entry.name.endsWith(".tsbuildinfo") ? [] : [name];
  });
}

function removeEmptyFolders(folder: string, out: string): void {
  if (folder === out || fs.readdirSync(folder).length > 0) return;
  fs.rmdirSync(folder);
  removeEmptyFolders(path.dirname(folder), out);
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
