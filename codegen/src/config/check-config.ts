import { nearest } from "../model/suggest.js";
import type { StorageConfig } from "./config.js";
import { UsageError } from "../usage-error.js";

interface Kind {
  readonly what: string;
  fits(value: unknown): boolean;
}

const TEXT: Kind = { what: "a text that is not empty", fits: isText };
const TEXTS: Kind = {
  what: "an array of texts that are not empty",
  fits: (value) => Array.isArray(value) && value.every(isText),
};

/** Every member of a config, and what it holds. */
const MEMBERS: Readonly<Record<keyof StorageConfig, Kind>> = { schema: TEXT, out: TEXT, backends: TEXTS };

/**
 * What a config file gave, as a config.
 *
 * @param file how messages name it
 * @throws UsageError when it is none, or holds what no config has
 */
export function checkConfig(value: unknown, file: string): StorageConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(
      `${file} gives no config`,
      file.endsWith(".json")
        ? "write an object into it"
        : "write `export default defineConfig({ … })` into it",
    );
  }
  for (const [name, held] of Object.entries(value)) {
    if (name === "$schema" || held === undefined) continue;
    if (!Object.hasOwn(MEMBERS, name)) throw unknownMember(name, file);
    const { what, fits } = MEMBERS[name as keyof StorageConfig];
    if (!fits(held)) throw new UsageError(`${file}: \`${name}\` is not ${what}`, `make it ${what}`);
  }
  return value as StorageConfig;
}

function unknownMember(name: string, file: string): UsageError {
  const members = Object.keys(MEMBERS);
  const likely = nearest(name, members);
  return new UsageError(
    `${file}: a config has no member \`${name}\``,
    likely === null
      ? `it has ${members.map((member) => `\`${member}\``).join(", ")}`
      : `did you mean \`${likely}\`?`,
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
