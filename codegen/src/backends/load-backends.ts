import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { evaluate } from "../load/evaluate.js";
import { relativePath } from "../load/paths.js";
import { UsageError } from "../usage-error.js";
import type { AskedBackends } from "./asked.js";
import { checkDescriptor } from "./check-descriptor.js";
import type { BackendDescriptor } from "./descriptor.js";

/** A backend's facts and its templates. */
export interface Backend {
  readonly descriptor: BackendDescriptor;
  /** The folder that its own folder stands in. */
  readonly home: string;
  readonly templates: readonly BackendTemplate[];
  /** The template of the README's middle. */
  readonly usage: string;
}

export interface BackendTemplate {
  /** Absolute path of the template. */
  readonly file: string;
  /** Path in the unit, without extension; may hold `{entity}`. */
  readonly path: string;
}

/** The folders of backends that come with this package. */
export const BUNDLED_BACKENDS = fileURLToPath(new URL("../../backends", import.meta.url));

/** The names of the backends under `folder`, in order. */
export function backendIds(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(folder, entry.name, "backend.ts")))
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * Every backend that comes with this package, and after them every one under these folders.
 *
 * @param cwd the folder that errors name files relative to
 * @throws UsageError when one of them is none, or is called like another one
 */
export async function loadBackends(folders: readonly string[], cwd: string): Promise<Backend[]> {
  const all = await Promise.all([BUNDLED_BACKENDS, ...folders].map((folder) => loadFolder(folder, cwd)));
  const known = new Map<string, string>();
  for (const { descriptor, home } of all.flat()) {
    const before = known.get(descriptor.id);
    if (before !== undefined) throw sameId(descriptor.id, before, home, cwd);
    known.set(descriptor.id, home);
  }
  return all.flat();
}

function sameId(id: string, before: string, home: string, cwd: string): UsageError {
  const of = before === BUNDLED_BACKENDS ? "storage-codegen itself" : relativePath(cwd, before);
  return new UsageError(
    `${relativePath(cwd, path.join(home, id))}: there is a backend \`${id}\` in ${of} already`,
    "give its folder and its `id` another name",
  );
}

/**
 * The backends to generate: what stands beside the contract, and what was asked for. Unless anything was, that is everything
 * for packages, since whoever installs them chooses, and nothing more for a plain folder.
 */
export function chosenBackends(
  all: readonly Backend[],
  asked: AskedBackends | null,
  asPackages: boolean,
): Backend[] {
  return all.filter(
    ({ descriptor, home }) =>
      descriptor.unit === "main" ||
      (asked === null ? asPackages : asked.ids.includes(descriptor.id) || asked.folders.includes(home)),
  );
}

async function loadFolder(folder: string, cwd: string): Promise<Backend[]> {
  const ids = backendIds(folder);
  if (ids.length === 0) {
    throw new UsageError(
      `there is no backend in ${relativePath(cwd, folder) || "."}`,
      "name a folder of which each folder has a backend.ts; `storage-codegen new-backend` makes one",
    );
  }
  return Promise.all(ids.map((id) => loadBackend(folder, id, cwd)));
}

async function loadBackend(home: string, id: string, cwd: string): Promise<Backend> {
  const folder = path.join(home, id);
  const file = path.join(folder, "backend.ts");
  const name = relativePath(cwd, file);
  const evaluation = await evaluate(file, cwd);
  if (!evaluation.ok) throw new UsageError(`${name} fails when it is run: ${evaluation.message}`, "mend it");
  const descriptor = checkDescriptor(evaluation.value, id, name);
  const templates = findTemplates(folder);
  const needed = [
    ...(descriptor.unit === "own" ? ["index"] : []),
    ...(typeof descriptor.sql === "object" && descriptor.sql !== null ? ["dialect"] : []),
  ];
  for (const each of Object.entries(descriptor.browser ?? {}).flat()) {
    if (templates.some((template) => template.path === each)) continue;
    throw new UsageError(
      `${name}: \`browser\` names \`${each}\`, but there is no template ${each}.ts.hbs`,
      "name modules of this folder, without extension",
    );
  }
  for (const each of needed) {
    if (templates.some((template) => template.path === each)) continue;
    throw new UsageError(
      `${relativePath(cwd, folder)} has no template ${each}.ts.hbs`,
      each === "index"
        ? "write the package's entry, which exports the factory"
        : "write what exports `createDialect(prefix)`, as a backend with an SQL of its own does",
    );
  }
  return { descriptor, home, templates, usage: path.join(folder, "usage.md.hbs") };
}

function findTemplates(folder: string): BackendTemplate[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts.hbs"))
    .map((name) => ({
      file: path.join(folder, name),
      path: name
        .split(path.sep)
        .join("/")
        .replace(/\.ts\.hbs$/, ""),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
