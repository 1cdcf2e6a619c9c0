import { existsSync } from "node:fs";
import { createJiti } from "jiti";
import { relativePath, SPEC_PACKAGE, specPackageFiles } from "./paths.js";

/** What running a spec gave: its default export, or why it threw. */
export type Evaluation =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Runs a spec file. Nothing is cached, so that the next run sees what was changed meanwhile. */
export async function evaluate(file: string, cwd: string): Promise<Evaluation> {
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    tsconfigPaths: true,
    alias: { [SPEC_PACKAGE]: specPackageFiles.code },
  });
  try {
    const exports = await jiti.import<{ default?: unknown }>(file);
    return { ok: true, value: exports.default };
  } catch (error) {
    return { ok: false, message: messageOf(error, cwd) };
  }
}

/** The first line of a thrown value's message; files are named relative to the working directory. */
function messageOf(error: unknown, cwd: string): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ""] = text.trim().split("\n");
  return line
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
