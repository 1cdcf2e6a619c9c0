import fs from "node:fs";
import path from "node:path";

import { Option } from "commander";
import pc from "picocolors";

import { BUNDLED_BACKENDS, backendIds } from "../backends/load-backends.js";
import { relativePath } from "../load/paths.js";
import type { Model } from "../model/model.js";
import { snakeCase } from "../model/names.js";
import { projectRoot } from "../output/project-root.js";
import { unitPackage } from "../output/units.js";
import { UsageError } from "../usage-error.js";
import { defineCommand, EXIT } from "./command.js";
import { CONFIG_OPTION, OUT_OPTION, placesOf, SCHEMA_OPTION, type SettingsOptions } from "./settings.js";

/** The units that every output has, and what asks for all backends: none can be called so. */
const UNITS: ReadonlySet<string> = new Set(["main", "sql", "testing", "all"]);

interface NewBackendOptions extends Omit<SettingsOptions, "backends"> {
  readonly backends?: string;
  readonly test?: string;
}

/** `storage-codegen new-backend`: another database. */
export const newBackendCommand = defineCommand<NewBackendOptions>({
  usage: "new-backend <id>",
  summary:
    "Makes a backend's folder, which generates and passes the conformance suite as it is, with the places to fill marked, and its test.",
  options: [
    new Option("--backends <folder>", "where your backends are; `backends` beside package.json unless given"),
    new Option("--test <file>", "its test; beside the folder that is generated into unless given"),
    SCHEMA_OPTION,
    OUT_OPTION,
    CONFIG_OPTION,
  ],
  examples: [
    ["mongo", "in backends/mongo, for the spec that storage-codegen.config.ts names"],
    ["mongo --backends storage/backends --test test/mongo.test.ts", "somewhere else"],
  ],
  async run({ args, options, streams, cwd }) {
    const [id = ""] = args;
    refuseInvalid(id);
    const { schema, out, loaded } = await placesOf(options, cwd);
    const root = projectRoot(schema);
    const { home, test } = targetsOf(id, options, { root, out, cwd });
    for (const place of [path.join(home, id), test]) refuseTaken(place, cwd);

    const [{ loadSchema }, { backendFiles, conformanceTest }] = await Promise.all([
      import("../load/load.js"),
      import("../scaffold/backend.js"),
    ]);
    const { model } = await loadSchema(schema, { root, cwd });
    const runner = runnerOf(root);
    const files = [
      ...[...backendFiles(id)].map(([name, text]) => [path.join(home, id, name), text] as const),
      [test, conformanceTest(model, id, { file: test, out, runner })] as const,
    ];
    for (const [file, text] of files) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
      streams.out(`${pc.green("write")}   ${relativePath(cwd, file)}`);
    }

    const testFile = relativePath(cwd, test);
    const commands = [
      generateCommand(home, { schema, out, loaded }, model, cwd),
      ...(model.packages === null
        ? []
        : [`pnpm add --workspace-root --workspace --save-dev ${unitPackage(model, id)}`]),
      runner === "vitest" ? `npx vitest run ${testFile}` : `npx tsx --test ${testFile}`,
    ];
    const marked = `grep -rn FILL ${relativePath(cwd, path.join(home, id))} ${testFile}`;
    streams.out(
      `\nNext:\n\n  ${commands.join("\n  ")}\n\nIt passes as it is. Then fill each place that is marked, and run it again:\n\n  ${marked}`,
    );
    return EXIT.fine;
  },
});

/** Where a new backend goes. In the generator's own repository that is among those that come with it. */
function targetsOf(
  id: string,
  options: NewBackendOptions,
  { root, out, cwd }: { readonly root: string; readonly out: string; readonly cwd: string },
): { home: string; test: string } {
  const isOurs = isOwn(BUNDLED_BACKENDS, root);
  const homes = isOurs ? BUNDLED_BACKENDS : path.join(root, "backends");
  const tests = isOurs ? path.join(root, "test/conformance") : path.dirname(out);
  return {
    home: options.backends === undefined ? homes : path.resolve(cwd, options.backends),
    test: options.test === undefined ? path.join(tests, `${id}.test.ts`) : path.resolve(cwd, options.test),
  };
}

/** What generates the backends of a folder, beside those that are generated already. */
function generateCommand(
  home: string,
  { schema, out, loaded }: Awaited<ReturnType<typeof placesOf>>,
  model: Model,
  cwd: string,
): string {
  if (home === BUNDLED_BACKENDS) return "pnpm codegen";
  const others = model.packages === null ? [] : ["all"];
  if (loaded.file === null) {
    const flags = `--schema ${relativePath(cwd, schema)} --out ${relativePath(cwd, out)}`;
    return `npx storage-codegen ${flags} --backends ${[...others, folderName(home, cwd)].join(",")}`;
  }
  const { backends = others } = loaded.config;
  const said = [...new Set([...backends, folderName(home, loaded.folder)])].map((each) =>
    JSON.stringify(each),
  );
  return `npx storage-codegen    with \`backends\` in ${relativePath(cwd, loaded.file)}: [${said.join(", ")}]`;
}

/** As `--backends` and the config take it: never what an id could be. */
function folderName(folder: string, from: string): string {
  const relative = relativePath(from, folder);
  return relative.startsWith("../") ? relative : `./${relative}`;
}

function refuseInvalid(id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    const likely = snakeCase(id)
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^[^a-z]+|-$/g, "");
    throw new UsageError(
      `\`${id}\` cannot name a backend`,
      likely === "" ? "use small letters, digits and `-`" : `call it \`${likely}\``,
    );
  }
  if (UNITS.has(id)) {
    throw new UsageError(
      `\`${id}\` means something else: main, sql and testing are parts of every output, and \`all\` asks for every backend`,
      "choose another name",
    );
  }
  if (backendIds(BUNDLED_BACKENDS).includes(id)) {
    throw new UsageError(
      `\`${id}\` is a backend that comes with storage-codegen`,
      `choose another name, or generate it with \`--backends ${id}\``,
    );
  }
}

function refuseTaken(place: string, cwd: string): void {
  if (!fs.existsSync(place)) return;
  throw new UsageError(
    `${relativePath(cwd, place)} is there already, and nothing is overwritten`,
    "choose another name, or move it elsewhere; nothing was written",
  );
}

/** Whether `inner` is the project's own: no package that it has installed. */
function isOwn(inner: string, project: string): boolean {
  const relative = relativePath(project, inner);
  return !relative.startsWith("..") && !path.isAbsolute(relative) && !relative.includes("node_modules");
}

/** Where `describe` and `it` come from in a project's tests. */
function runnerOf(project: string): string {
  const file = path.join(project, "package.json");
  const said = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  return said.includes('"vitest"') ? "vitest" : "node:test";
}
