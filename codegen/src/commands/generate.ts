import { Option } from "commander";

import { UsageError } from "../usage-error.js";
import { defineCommand } from "./command.js";
import { SETTINGS_OPTIONS, type SettingsOptions, settingsOf } from "./settings.js";

interface GenerateOptions extends SettingsOptions {
  readonly check?: true;
  readonly watch?: true;
}

/** `storage-codegen`: generates everything a spec asks for. */
export const generateCommand = defineCommand<GenerateOptions>({
  usage: "",
  summary: "Generates storage contracts, backends, proofs and packages from one declarative spec.",
  options: [
    ...SETTINGS_OPTIONS,
    new Option(
      "--check",
      "write nothing; exit 1 and show a diff when anything is stale, edited by hand or orphaned",
    ),
    new Option("--watch", "go on generating whenever the spec, or what it is read with, changes"),
  ],
  examples: [
    ["--schema app.schema.ts --out src/storage", "generate into a plain folder: the contract, in memory"],
    ["--schema app.schema.ts --out src/storage --backends better-sqlite3,postgres", "and for two databases"],
    ["", "what storage-codegen.config.ts says"],
    ["--check", "in CI: fails when what is committed is not what the spec says"],
    ["--watch", "while you edit the spec"],
  ],
  async run({ options, streams, cwd }) {
    if (options.check && options.watch) {
      throw new UsageError("`--check` and `--watch` do not go together", "give one of them");
    }
    if (options.watch) {
      const { watch } = await import("../watch/watch.js");
      return watch(options, streams, cwd);
    }
    const settings = await settingsOf(options, cwd);
    const { checkOnce, generateOnce } = await import("./once.js");
    return options.check ? checkOnce(settings, streams, cwd) : generateOnce(settings, streams, cwd);
  },
});
