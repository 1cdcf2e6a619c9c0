import { invalidOption, type OptionCheck } from "../options/options.js";

/** The name that stands for a database in memory. */
export const IN_MEMORY = ":memory:";

/**
 * A file to keep a database in, or `:memory:`. Refuses what SQLite would open as something else: blank names (a throw-away
 * database), names with U+0000 (another file), `file:` names (a URI) and other names in colons (rule S16).
 */
export const isFilename: OptionCheck = (value, name, backend) => {
  const fault = filenameFault(value);
  if (fault !== null) {
    throw invalidOption(backend, name, fault, "Use the path of a file, or ':memory:' to keep nothing.");
  }
};

function filenameFault(value: unknown): string | null {
  if (typeof value !== "string") return "must be a string";
  if (value.trim() === "") return "must not be blank: SQLite would open a throw-away database";
  if (value.trim() !== value) return "must not start or end with white space";
  if (value.includes("\0")) return "must not contain U+0000";
  if (/^file:/i.test(value)) return "must be a plain path: SQLite would read `file:` as a URI";
  if (value.startsWith(":") && value !== IN_MEMORY) return "must not start with `:`";
  if (/[/\\]$/.test(value)) return "must name a file, not a folder";
  return null;
}
