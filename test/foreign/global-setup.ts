import { execFileSync } from "node:child_process";
import path from "node:path";

import { FOREIGN_SPECS, generatedFolder, schemaFile } from "./specs.js";

const BIN = path.resolve(import.meta.dirname, "../../codegen/dist/bin.js");

/** Generates the foreign specs as their projects would: by the command, into a plain folder. */
export default function setup(): void {
  for (const spec of FOREIGN_SPECS) {
    const flags = ["--schema", schemaFile(spec), "--out", generatedFolder(spec), "--backends", "all"];
    execFileSync(process.execPath, [BIN, ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  }
}
