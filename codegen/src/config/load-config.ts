import fs from "node:fs";
import path from "node:path";

import { parse, type ParseError, printParseErrorCode } from "jsonc-parser";
import { lilconfig, type Loader } from "lilconfig";

import { evaluate } from "../load/evaluate.js";
import { relativePath } from "../load/paths.js";
import { checkConfig } from "./check-config.js";
import type { StorageConfig } from "./config.js";
import { words } from "../model/names.js";
import { UsageError } from "../usage-error.js";

/** What a config file may be called, in the order in which one is chosen. */
export const CONFIG_FILES = [
  "storage-codegen.config.ts",
  "storage-codegen.config.mjs",
  "storage-codegen.config.json",
] as const;

export interface LoadedConfig {
  readonly config: StorageConfig;
  /** Absolute; null where there is none. */
  readonly file: string | null;
  /** The folder that its paths are relative to. */
  readonly folder: string;
}

/**
 * Loads the config that holds for `cwd`: the named one, or the nearest from there upwards, or none.
 *
 * @throws UsageError when it cannot be read, or is no config
 */
export async function loadConfig(named: string | undefined, cwd: string): Promise<LoadedConfig> {
  const explorer = lilconfig("storage-codegen", {
    searchPlaces: [...CONFIG_FILES],
    loaders: loadersFor(cwd),
    stopDir: path.parse(cwd).root,
    ignoreEmptySearchPlaces: false,
    // Watching reads it again and again.
    cache: false,
  });
  const found = await (named === undefined ? explorer.search(cwd) : explorer.load(existing(named, cwd)));
  if (found === null) return { config: {}, file: null, folder: cwd };
  return {
    config: checkConfig(found.config, relativePath(cwd, found.filepath)),
    file: found.filepath,
    folder: path.dirname(found.filepath),
  };
}

function existing(named: string, cwd: string): string {
  const file = path.resolve(cwd, named);
  if (!fs.existsSync(file)) throw new UsageError(`there is no config ${named}`, "name one that is there");
  const known = [...new Set(CONFIG_FILES.map((name) => path.extname(name)))];
  if (known.includes(path.extname(file))) return file;
  throw new UsageError(`${named} is no config`, `name a file that ends with ${known.join(", ")}`);
}

function loadersFor(cwd: string): Record<string, Loader> {
  const nameOf = (file: string): string => relativePath(cwd, file);
  const module: Loader = async (file) => {
    const evaluation = await evaluate(file, cwd);
    if (evaluation.ok) return evaluation.value ?? null;
    throw new UsageError(`${nameOf(file)} fails when it is run: ${evaluation.message}`, "mend it");
  };
  const json: Loader = (file, content) => {
    const errors: ParseError[] = [];
    const value = parse(content, errors) as unknown;
    const [error] = errors;
    if (error === undefined) return value;
    const line = content.slice(0, error.offset).split("\n").length;
    throw new UsageError(
      `${nameOf(file)}:${line} is no JSON: ${words(printParseErrorCode(error.error))}`,
      "mend it",
    );
  };
  return { ".ts": module, ".mts": module, ".mjs": module, ".json": json };
}
