import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import type { Manifest } from "./packed.js";
import { ROOT } from "./packed.js";
import type { Registry } from "./registry.js";

const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command printed; fails when it failed. */
export function succeeded({ code, out, err }: Outcome): string {
  if (code !== 0) throw new Error(`exit code ${code}: ${out}${err}`);
  return out;
}

/**
 * What the compiler has against this project, and against what of ours it installed. Gati's own declarations are no concern:
 * those of `@gati-framework/core` 0.4.5 import without file extensions.
 */
export function complaints({ out }: Outcome): string[] {
  return out
    .split("\n")
    .filter((line) => line.includes("error TS"))
    .filter((line) => !line.includes("node_modules/") || line.includes("/@gati-framework/storage"));
}

/** What somebody else's strict project asks of the compiler; declarations of libraries are checked too. */
const STRICT = {
  target: "es2023",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};

/** Somebody else's project: an ES module package that begins empty. */
export class Project {
  constructor(
    readonly folder: string,
    private readonly registry: Registry,
  ) {
    fs.mkdirSync(folder, { recursive: true });
    this.write("package.json", JSON.stringify({ name: "outside", private: true, type: "module" }));
  }

  write(file: string, text: string): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  /** `npm install …`; install scripts run, unless `--ignore-scripts` is among the arguments. */
  async install(...args: readonly string[]): Promise<void> {
    const scope = `--@gati-framework:registry=${this.registry.url}`;
    const quick = ["--prefer-offline", "--no-audit", "--no-fund", "--no-update-notifier"];
    const { code, err } = await this.run("npm", "install", ...args, scope, ...quick);
    if (code !== 0) throw new Error(`npm install ${args.join(" ")}: ${err}`);
  }

  /** Puts a package that the workspace has installed, and built, into this project. */
  link(name: string, from: string = ROOT): void {
    const target = path.join(this.folder, "node_modules", name);
    fs.rmSync(target, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.symlinkSync(fs.realpathSync(path.join(from, "node_modules", name)), target, "dir");
  }

  /** Names of everything that npm installed, and of what of it runs a script, or compiles, when it is installed. */
  installed(): { readonly all: string[]; readonly withScripts: string[] } {
    const lock = JSON.parse(
      fs.readFileSync(path.join(this.folder, "node_modules/.package-lock.json"), "utf8"),
    ) as { packages: Record<string, unknown> };
    const places = Object.keys(lock.packages);
    return {
      all: places.map((place) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length)),
      withScripts: places.filter((place) => runsWhenInstalled(path.join(this.folder, place))),
    };
  }

  /** Runs one of the project's files. */
  node(...args: readonly string[]): Promise<Outcome> {
    return this.run(process.execPath, ...args);
  }

  /** Compiles the whole project in place, strictly, with the types of the named packages in the global scope. */
  tsc(
    types: readonly string[] = [],
    include: readonly string[] = ["*.ts"],
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Outcome> {
    this.write("tsconfig.json", JSON.stringify({ compilerOptions: { ...STRICT, types, ...more }, include }));
    return this.run(process.execPath, TSC, "-p", ".", "--pretty", "false");
  }

  run(command: string, ...args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(command, args, { cwd: this.folder, encoding: "utf8" }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
      });
    });
  }
}

/** Whether npm runs a script of a package, or compiles it, when it is installed. */
export function runsWhenInstalled(folder: string): boolean {
  // npm runs node-gyp for a package that has this file, whether a script says so or not.
  if (fs.existsSync(path.join(folder, "binding.gyp"))) return true;
  const { scripts } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  return ["preinstall", "install", "postinstall"].some((name) => scripts?.[name] !== undefined);
}
