import fs from "node:fs";
import path from "node:path";

import { Option } from "commander";

import { type AskedBackends, askedBackends } from "../backends/asked.js";
import { type LoadedConfig, loadConfig } from "../config/load-config.js";
import { UsageError } from "../usage-error.js";

/** What commands that look at a spec share on their command line. */
export interface SettingsOptions {
  readonly config?: string;
  readonly schema?: string;
  readonly out?: string;
  readonly backends?: readonly string[];
}

/** What a command works with. Paths are absolute. */
export interface Settings {
  /** The spec: a file that is there. */
  readonly schema: string;
  /** The folder to generate into; it need not be there. */
  readonly out: string;
  /** The backends to generate; null when nobody asked for any. */
  readonly backends: AskedBackends | null;
  /** The config that holds; null without one. */
  readonly config: string | null;
}

export const CONFIG_OPTION = new Option(
  "--config <file>",
  "the config; otherwise storage-codegen.config.ts, .mjs or .json from here upwards",
);

export const SCHEMA_OPTION = new Option("--schema <file>", "the spec");

export const OUT_OPTION = new Option("--out <folder>", "where to generate into");

export const BACKENDS_OPTION = new Option(
  "--backends <list>",
  "beside in-memory: ids, folders with backends of your own, or `all`, with commas between",
).argParser((list, before: readonly string[] = []) => [...before, ...listed(list)]);

/** The options of every command that looks at a spec. */
export const SETTINGS_OPTIONS: readonly Option[] = [
  SCHEMA_OPTION,
  OUT_OPTION,
  BACKENDS_OPTION,
  CONFIG_OPTION,
];

/**
 * What a command works with: each of its flags, or what the config says.
 *
 * @throws UsageError when something is missing, or is not there
 */
export async function settingsOf(options: SettingsOptions, cwd: string): Promise<Settings> {
  const { loaded, ...places } = await placesOf(options, cwd);
  const backends =
    options.backends === undefined
      ? askedBackends(loaded.config.backends, loaded.folder)
      : askedBackends(options.backends, cwd);
  return { ...places, backends, config: loaded.file };
}

/** The spec and where it is generated into, whatever backends there are, and the config that says so. */
export async function placesOf(
  options: Omit<SettingsOptions, "backends">,
  cwd: string,
): Promise<Pick<Settings, "schema" | "out"> & { readonly loaded: LoadedConfig }> {
  const loaded = await loadConfig(options.config, cwd);
  const schema = schemaOf(options, loaded, cwd);
  const out = pathOf(options.out, loaded.config.out, loaded, cwd);
  if (out === null) {
    throw new UsageError(
      "nobody says where to generate into",
      "give `--out FOLDER`, or `out` in storage-codegen.config.ts",
    );
  }
  if (fs.statSync(out, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UsageError(`${path.relative(cwd, out)} is a file`, "give a folder to generate into");
  }
  return { schema, out, loaded };
}

/** The spec of a command that generates nothing. */
export async function schemaSetting(
  options: Pick<SettingsOptions, "config" | "schema">,
  cwd: string,
): Promise<string> {
  return schemaOf(options, await loadConfig(options.config, cwd), cwd);
}

function schemaOf(options: Pick<SettingsOptions, "schema">, loaded: LoadedConfig, cwd: string): string {
  const schema = pathOf(options.schema, loaded.config.schema, loaded, cwd);
  if (schema === null) {
    throw new UsageError(
      "nobody says which spec",
      "give `--schema FILE`, or `schema` in storage-codegen.config.ts; `storage-codegen init` writes both",
    );
  }
  if (fs.statSync(schema, { throwIfNoEntry: false })?.isFile() === true) return schema;
  const source = options.schema === undefined ? loaded.file : null;
  throw new UsageError(
    `there is no spec ${path.relative(cwd, schema) || "."}`,
    source === null ? "name a file that is there" : `mend \`schema\` in ${path.relative(cwd, source)}`,
  );
}

/** A path of a flag, or else of the config, or else null. */
function pathOf(
  flag: string | undefined,
  member: string | undefined,
  { folder }: LoadedConfig,
  cwd: string,
): string | null {
  if (flag !== undefined) return path.resolve(cwd, flag);
  return member === undefined ? null : path.resolve(folder, member);
}

function listed(list: string): string[] {
  return list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
