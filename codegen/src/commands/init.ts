import fs from "node:fs";
import path from "node:path";

import pc from "picocolors";

import { askedBackends } from "../backends/asked.js";
import { CONFIG_FILES } from "../config/load-config.js";
import { relativePath } from "../load/paths.js";
import { KIT_RANGE } from "../output/versions.js";
import { addToManifest, EMPTY_MANIFEST } from "../scaffold/manifest.js";
import { STARTER_OUT, STARTER_SCHEMA, STARTER_SPEC, starterConfig } from "../scaffold/starter.js";
import { UsageError } from "../usage-error.js";
import { defineCommand, EXIT } from "./command.js";
import { BACKENDS_OPTION } from "./settings.js";

const SCRIPTS = { storage: "storage-codegen", "storage:check": "storage-codegen --check" };

/** `storage-codegen init`: a spec, a config, and what package.json needs. */
export const initCommand = defineCommand<{ readonly backends?: readonly string[] }>({
  usage: "init [dir]",
  summary:
    "Writes a spec and a config to begin with, and adds scripts and dependencies to package.json. Overwrites nothing.",
  options: [BACKENDS_OPTION],
  examples: [
    ["", "in the project that you are in"],
    ["--backends better-sqlite3", "for an SQLite file as well"],
    ["packages/app", "in another folder, which is made if it is not there"],
  ],
  async run({ args, options, streams, cwd }) {
    const home = path.resolve(cwd, args[0] ?? ".");
    const backends = options.backends ?? [];
    const asked = askedBackends(backends, home);
    const spec = path.join(home, STARTER_SCHEMA);
    const config = path.join(home, CONFIG_FILES[0]);
    const manifest = path.join(home, "package.json");
    refuseTaken([spec, ...CONFIG_FILES.map((name) => path.join(home, name))], cwd);
    const isNew = !fs.existsSync(manifest);
    const before = isNew ? EMPTY_MANIFEST : fs.readFileSync(manifest, "utf8");
    const withScripts = addToManifest(before, { scripts: SCRIPTS }, relativePath(cwd, manifest));

    write(spec, STARTER_SPEC);
    write(config, starterConfig(backends));
    const { generate } = await import("../generate.js");
    const { needs } = await generate({ schema: spec, out: path.join(home, STARTER_OUT), backends: asked });
    const devDependencies = { "@gati-framework/storage-codegen": KIT_RANGE, ...needs.devDependencies };
    const after = addToManifest(
      withScripts,
      { dependencies: needs.dependencies, devDependencies },
      relativePath(cwd, manifest),
    );
    write(manifest, after);

    for (const file of [spec, config]) streams.out(`${pc.green("write")}   ${relativePath(cwd, file)}`);
    streams.out(`${pc.green(isNew ? "write" : "edit")}${isNew ? "" : " "}   ${relativePath(cwd, manifest)}`);
    streams.out(nextSteps(relativePath(cwd, home)));
    if ((JSON.parse(after) as { type?: string }).type !== "module") {
      streams.out(
        `\nWhat is generated are ES modules: add \`"type": "module"\` to ${relativePath(cwd, manifest)}.`,
      );
    }
    return EXIT.fine;
  },
});

function nextSteps(folder: string): string {
  const lines = [
    ...(folder === "" ? [] : [`cd ${folder}`]),
    "npm install",
    `npm run storage          generates ${STARTER_OUT} from ${STARTER_SCHEMA}`,
    "npm run storage:check    in CI: fails when what is committed is stale",
  ];
  return `\nNext:\n\n  ${lines.join("\n  ")}\n\nThen make ${STARTER_SCHEMA} your own; \`npx storage-codegen new-entity NAME\` adds a kind.`;
}

/** Names everything that is there already, so that nothing is written by halves. */
function refuseTaken(files: readonly string[], cwd: string): void {
  const taken = files.filter((file) => fs.existsSync(file)).map((file) => relativePath(cwd, file));
  if (taken.length === 0) return;
  throw new UsageError(
    `${taken.join(" and ")} ${taken.length === 1 ? "is" : "are"} there already, and nothing is overwritten`,
    "move what is there elsewhere, or begin in another folder; nothing was written",
  );
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
