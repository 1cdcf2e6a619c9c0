import { applyEdits, type JSONPath, modify, parse, type ParseError } from "jsonc-parser";

import { DEPENDENCIES } from "../output/missing.js";
import { UsageError } from "../usage-error.js";

/** What is to stand in a package.json, by the name of the member that holds it. */
export type Additions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A package.json to begin with. */
export const EMPTY_MANIFEST = `{\n  "private": true,\n  "type": "module"\n}\n`;

/**
 * Adds scripts and dependencies to the text of a package.json, which otherwise keeps its formatting. A dependency that is there
 * already, wherever, stays as it is.
 *
 * @param file how messages name it
 * @throws UsageError when it is no JSON object, or has a script of one of the names that does something else
 */
export function addToManifest(text: string, additions: Additions, file: string): string {
  const before = parseObject(text, file);
  const declared = new Set(DEPENDENCIES.flatMap((member) => Object.keys(before[member] ?? {})));
  let changed = text;
  for (const [member, entries] of Object.entries(additions)) {
    if (before[member] === undefined) changed = set(changed, [member], {});
    for (const [name, value] of Object.entries(entries)) {
      const there = before[member]?.[name];
      if (member === "scripts" && there !== undefined && there !== value) {
        throw new UsageError(`${file} has a script \`${name}\` already`, "rename it; nothing was written");
      }
      if (there === undefined && !declared.has(name)) changed = set(changed, [member, name], value);
    }
  }
  return changed;
}

function parseObject(text: string, file: string): Record<string, Record<string, string> | undefined> {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { disallowComments: true }) as unknown;
  if (errors.length > 0 || typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} is no JSON object`, "mend it; nothing was written");
  }
  return value as Record<string, Record<string, string> | undefined>;
}

function set(text: string, path: JSONPath, value: string | object): string {
  const [, indent = "  "] = /^([ \t]+)"/m.exec(text) ?? [];
  const edits = modify(text, path, value, {
    formattingOptions: {
      insertSpaces: !indent.startsWith("\t"),
      tabSize: indent.startsWith("\t") ? 1 : indent.length,
      eol: text.includes("\r\n") ? "\r\n" : "\n",
    },
    // Dependencies by name, as npm keeps them; all else goes last.
    getInsertionIndex: (names) => {
      const index = names.findIndex((name) => name > String(path.at(-1)));
      return !DEPENDENCIES.includes(String(path[0])) || path.length === 1 || index < 0 ? names.length : index;
    },
  });
  return applyEdits(text, edits);
}
