import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { afterAll, beforeAll } from "vitest";

import { packAll, type PackedPackage, temporaryFolder } from "./packed.js";
import { Project } from "./project.js";
import { type Registry, serveRegistry } from "./registry.js";

/** Everything packed, and a place outside the workspace to install it. */
export interface Outside {
  readonly packed: readonly PackedPackage[];
  packageNamed(name: string): PackedPackage;
  project(name: string): Project;
}

/** Packs everything before the tests of a file, and removes every trace after them. */
export function outside(): Outside {
  const folder = temporaryFolder();
  const packed = packAll(folder);
  let registry: Registry;

  beforeAll(async () => {
    const fallback = execFileSync("npm", ["config", "get", "registry"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    registry = await serveRegistry(packed, fallback.trim());
  });

  afterAll(async () => {
    await registry.close();
    fs.rmSync(folder, { recursive: true });
  });

  return {
    packed,
    packageNamed(name) {
      const found = packed.find(({ manifest }) => manifest.name === name);
      if (found === undefined) throw new Error(`${name} was not packed`);
      return found;
    },
    project: (name) => new Project(path.join(folder, name), registry),
  };
}

/** The code blocks of one language in a package's README. */
export function codeBlocks({ content }: PackedPackage, language: string): string[] {
  const readme = fs.readFileSync(path.join(content, "README.md"), "utf8");
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, found, text = ""]) =>
    found === language ? [text] : [],
  );
}

/** What the README of a package tells to install: the words after `npm install`, of each such line. */
export function installLines(given: PackedPackage): string[][] {
  return codeBlocks(given, "sh")
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("npm install "))
    .map((line) => line.split(" ").slice(2));
}
