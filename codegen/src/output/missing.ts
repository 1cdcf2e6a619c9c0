import fs from "node:fs";
import path from "node:path";

import type { Needs } from "./needs.js";

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** The members of a package.json that name packages. */
export const DEPENDENCIES = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/**
 * The commands that install what emitted code needs and no package.json from its folder upwards names. What is merely
 * installed does not count: it may have come along with something else, and go with it.
 */
export function installCommands(needs: Needs, folder: string): string[] {
  const declared = declaredFrom(folder);
  const missing = (packages: Readonly<Record<string, string>>): string[] =>
    Object.keys(packages).filter((name) => !declared.has(name));
  return [
    ...install([], missing(needs.dependencies)),
    ...install(["--save-dev"], missing(needs.devDependencies)),
  ];
}

function install(flags: readonly string[], names: readonly string[]): string[] {
  return names.length === 0 ? [] : [["npm install", ...flags, ...names].join(" ")];
}

function declaredFrom(folder: string): Set<string> {
  const file = path.join(folder, "package.json");
  const manifest = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Manifest) : {};
  const own = DEPENDENCIES.flatMap((member) => Object.keys(manifest[member] ?? {}));
  const parent = path.dirname(folder);
  return new Set([...own, ...(parent === folder ? [] : declaredFrom(parent))]);
}
