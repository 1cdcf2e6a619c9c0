import fs from "node:fs";
import path from "node:path";

import pc from "picocolors";

import { relativePath } from "../load/paths.js";
import { defineCommand, EXIT } from "./command.js";
import { CONFIG_OPTION, SCHEMA_OPTION, schemaSetting, type SettingsOptions } from "./settings.js";

/** `storage-codegen release`: the spec's version becomes one that databases may have. */
export const releaseCommand = defineCommand<Pick<SettingsOptions, "config" | "schema">>({
  usage: "release",
  summary: "Records the spec's version in the history beside it, as one that databases may have.",
  options: [SCHEMA_OPTION, CONFIG_OPTION],
  examples: [["", "when what is stored has changed, and is about to be published"]],
  async run({ options, streams, cwd }) {
    const schema = await schemaSetting(options, cwd);
    const [{ loadSchema }, { layoutOf }, records, { projectRoot }] = await Promise.all([
      import("../load/load.js"),
      import("../history/layout.js"),
      import("../history/records.js"),
      import("../output/project-root.js"),
    ]);
    const { model, lineage } = await loadSchema(schema, { root: projectRoot(schema), cwd });
    const folder = records.historyFolder(schema);
    const file = path.join(folder, records.recordName(model.version));
    const shown = relativePath(cwd, file);
    if (lineage?.isReleased === true) {
      streams.out(`version ${model.version} is released already, as ${shown} says`);
      return EXIT.fine;
    }
    const layout =
      lineage?.layout ?? layoutOf(model, { readableFrom: null, removedEntities: [], entities: new Map() });
    const before = records.readHistory(folder, cwd)?.at(-1);
    const text = await records.recordText(records.recordOf(layout, before));
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, text, { flag: "wx" });
    streams.out(`${pc.green("release")} ${shown}: version ${model.version} of ${model.name}; commit it`);
    return EXIT.fine;
  },
});
