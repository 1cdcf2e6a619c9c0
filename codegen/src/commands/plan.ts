import { InvalidArgumentError, Option } from "commander";

import { defineCommand } from "./command.js";
import { CONFIG_OPTION, SCHEMA_OPTION, schemaSetting, type SettingsOptions } from "./settings.js";

interface PlanOptions extends Pick<SettingsOptions, "config" | "schema"> {
  readonly from?: number;
}

/** `storage-codegen plan`: what an upgrade does. */
export const planCommand = defineCommand<PlanOptions>({
  usage: "plan",
  summary: "Prints what an upgrade to the spec's version does, in words and in SQL, and runs nothing.",
  options: [
    SCHEMA_OPTION,
    CONFIG_OPTION,
    new Option(
      "--from <version>",
      "the version of the database; the one before the spec's unless given",
    ).argParser(readVersion),
  ],
  examples: [
    ["", "from the version before"],
    ["--from 1", "from the first one"],
  ],
  async run({ options, streams, cwd }) {
    const schema = await schemaSetting(options, cwd);
    const { renderPlan } = await import("../history/plan.js");
    return renderPlan({ ...options, schema, cwd }, streams);
  },
});

function readVersion(text: string): number {
  const version = Number(text);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new InvalidArgumentError("Versions are counted from 1.");
  return version;
}
