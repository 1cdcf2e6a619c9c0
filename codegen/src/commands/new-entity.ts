import fs from "node:fs";

import pc from "picocolors";

import { relativePath } from "../load/paths.js";
import { SpecError } from "../model/spec-error.js";
import { UsageError } from "../usage-error.js";
import { defineCommand, EXIT } from "./command.js";
import { CONFIG_OPTION, SCHEMA_OPTION, schemaSetting, type SettingsOptions } from "./settings.js";

/** `storage-codegen new-entity`: one more kind in a spec. */
export const newEntityCommand = defineCommand<Pick<SettingsOptions, "config" | "schema">>({
  usage: "new-entity <name>",
  summary:
    "Adds a kind to the spec: a document type, a key, an order and three methods, to be made your own.",
  options: [SCHEMA_OPTION, CONFIG_OPTION],
  examples: [
    ["invoice", "to the spec that storage-codegen.config.ts names"],
    ["invoice --schema src/app.schema.ts", "to another one"],
  ],
  async run({ args, options, streams, cwd }) {
    const [name = ""] = args;
    const schema = await schemaSetting(options, cwd);
    const file = relativePath(cwd, schema);
    const [{ loadSchema }, { openProject }, { addEntity }] = await Promise.all([
      import("../load/load.js"),
      import("../load/project.js"),
      import("../scaffold/add-entity.js"),
    ]);
    const { spec } = openProject(schema);
    const text = addEntity(spec, name, file);
    try {
      await loadSchema(schema, { cwd, text });
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      // Mistakes that were there before are told as such; only the others are the name's fault.
      await loadSchema(schema, { cwd });
      throw refused(name, file, error);
    }
    fs.writeFileSync(schema, text);
    streams.out(`${pc.green("edit")}    ${file}: \`${name}\` was added; make it your own, then generate`);
    return EXIT.fine;
  },
});

function refused(name: string, file: string, { problems }: SpecError): UsageError {
  const reasons = new Set(problems.map(({ message }) => `\n  ${message}`));
  return new UsageError(
    `\`${name}\` cannot be added to ${file}:${[...reasons].join("")}`,
    "choose another name; nothing was written",
  );
}
