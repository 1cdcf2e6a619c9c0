import fs from "node:fs";

import { nearest } from "../model/suggest.js";
import { UsageError } from "../usage-error.js";

/** What a helper of a template refuses. */
export class HelperError extends Error {
  constructor(
    message: string,
    readonly fix: string | null,
    readonly line: number,
  ) {
    super(message);
  }
}

/** What an author can read of why a template could not be rendered: its name, the line, and what to do about it. */
export function templateError(error: unknown, file: string, name: string, view: object): UsageError {
  const { message, code, lineNumber } = error as Error & { code?: string; lineNumber?: number };
  if (code === "ENOENT") {
    return new UsageError(`there is no template ${name}`, "write it, be it only a comment: `{{! nothing }}`");
  }
  if (error instanceof HelperError) {
    const { line, fix } = error;
    return new UsageError(`${name}:${line}: \`${lineOf(file, line)}\`: ${message}`, fix ?? whatThereIs(view));
  }
  const [, missing] = /^"(.+)" not defined in /.exec(message) ?? [];
  if (missing !== undefined) {
    const likely = nearest(missing, [...namesIn(view)]);
    return new UsageError(
      `${name}:${lineNumber}: the view has no \`${missing}\` there`,
      likely === null ? whatThereIs(view) : `did you mean \`${likely}\`?`,
    );
  }
  return notHandlebars(message, file, name) ?? new UsageError(`${name}: ${message}`, "mend the template");
}

function notHandlebars(message: string, file: string, name: string): UsageError | null {
  const [, partial] = /^The partial (.+) could not be found$/.exec(message) ?? [];
  if (partial !== undefined) {
    return new UsageError(`${name}: there is no partial \`${partial}\``, "write out what would stand in it");
  }
  const [, opened, closed, crossed] = /^(.+) doesn't match (.+) - (\d+):\d+$/.exec(message) ?? [];
  if (crossed !== undefined) {
    return new UsageError(
      `${name}:${crossed}: \`{{#${opened}}}\` is closed by \`{{/${closed}}}\``,
      `close it with \`{{/${opened}}}\`, before what it stands in is closed`,
    );
  }
  const [, line] = /^Parse error on line (\d+):/.exec(message) ?? [];
  if (line === undefined) return null;
  return message.endsWith("'EOF'")
    ? new UsageError(
        `${name}: something is open when the file ends`,
        "close each `{{` with `}}`, and each `{{#…}}` with its `{{/…}}`",
      )
    : new UsageError(
        `${name}:${line}: \`${lineOf(file, Number(line))}\` is no Handlebars`,
        "write `{{member}}`, `{{helper member}}` or `{{#each members}}`; `\\\\{{` prints two braces",
      );
}

function lineOf(file: string, line: number): string {
  return fs.readFileSync(file, "utf8").split("\n")[line - 1]?.trim() ?? "";
}

/** What a template can look into; flags would bury it. */
function whatThereIs(view: object): string {
  const names = Object.entries(view).flatMap(([name, value]) => (typeof value === "boolean" ? [] : [name]));
  return `take it from what there is: ${names.join(", ")}`;
}

/** The names that a template may have meant: of the view, and of what is in it. */
function namesIn(view: unknown, depth = 4): Set<string> {
  const value: unknown = Array.isArray(view) ? view[0] : view;
  if (depth === 0 || typeof value !== "object" || value === null) return new Set();
  return new Set(Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner, depth - 1)]));
}
