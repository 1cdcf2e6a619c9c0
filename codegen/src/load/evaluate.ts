import { existsSync } from "node:fs";
import { createJiti } from "jiti";
import { relativePath, SPEC_PACKAGE, specPackageFiles } from "./paths.js";

/** What running a spec gave: its default export, or why it threw. */
export type Evaluation =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * Runs a file of the project. Nothing is cached, so that the next run sees what was changed meanwhile.
 *
 * @param text what it is taken to say, instead of what is on the disk
 */
export async function evaluate(file: string, cwd: string, text?: string): Promise<Evaluation> {
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    tsconfigPaths: true,
    alias: { [SPEC_PACKAGE]: specPackageFiles.code },
  });
  try {
    const exports = await (text === undefined
      ? jiti.import<{ default?: unknown }>(file)
      : (jiti.evalModule(text, { filename: file, async: true }) as Promise<{ default?: unknown }>));
    return { ok: true, value: exports.default };
  } catch (error) {
    return { ok: false, message: messageOf(error, cwd) };
  }
}

/** The first line of a thrown value's message, and its place where that is told; files are named relative to the working directory. */
function messageOf(error: unknown, cwd: string): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = "", place = ""] = text.trim().split("\n");
  // What cannot be parsed is told with its place, in a line of its own.
  const told = /:\d+:\d+$/.test(place) ? `${line.trimEnd()} at ${place.trim()}` : line;
  return told
    .replaceAll("file://", "")
    .replaceAll(/(?<![\w.])(?:\/|[A-Za-z]:[\\/])[^\s'"`():]+/g, (path) =>
      isOfThisMachine(path) ? relativePath(cwd, path) : path,
    );
}

/** Whether a text is a path, as opposed to a regular expression, say: its first folder is there. */
function isOfThisMachine(path: string): boolean {
  const [, first] = /^((?:[A-Za-z]:)?[\\/][^\\/]+)/.exec(path) ?? [];
  return first !== undefined && existsSync(first);
}
