import { createJiti } from "jiti";
import { relativePath, SPEC_PACKAGE, specPackageFiles } from "./paths.js";

/** What running a spec gave: its default export, or why it threw. */
export type Evaluation =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly code: string | null };

/** Runs a spec file. Nothing is cached, so that the next run sees what was changed meanwhile. */
export async function evaluate(file: string, cwd: string): Promise<Evaluation> {
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    alias: { [SPEC_PACKAGE]: specPackageFiles.code },
  });
  try {
    const exports = await jiti.import<{ default?: unknown }>(file);
    return { ok: true, value: exports.default };
  } catch (error) {
    return { ok: false, message: messageOf(error, cwd), code: codeOf(error) };
  }
}

/** The first line of a thrown value's message; files are named relative to the working directory. */
function messageOf(error: unknown, cwd: string): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ""] = text.trim().split("\n");
  return line
    .replaceAll(/file:\/\//g, "")
    .replaceAll(/(?<![\w.])(?:\/|[A-Za-z]:[\\/])[^\s'"`():]+/g, (path) => relativePath(cwd, path));
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
