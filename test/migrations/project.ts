import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { run } from "../../codegen/src/cli.js";

const ROOT = path.resolve(import.meta.dirname, "../..");
// Inside the project, so that what is emitted finds the kit and the drivers.
const TEMPORARY = path.join(import.meta.dirname, ".tmp");

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Checkouts of one project, each with a spec, its history, and what is emitted from them. */
export class SpecProject {
  readonly folder: string;

  constructor() {
    fs.mkdirSync(TEMPORARY, { recursive: true });
    this.folder = fs.mkdtempSync(path.join(TEMPORARY, "project-"));
    this.write("package.json", '{ "name": "shop", "type": "module" }\n');
  }

  write(file: string, text: string): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  /** A checkout's copy of another's history. */
  copyHistory(from: string, to: string): void {
    fs.cpSync(path.join(this.folder, from, "history"), path.join(this.folder, to, "history"), {
      recursive: true,
    });
  }

  /** Runs `storage-codegen` on the spec of a checkout. */
  async codegen(checkout: string, ...args: readonly string[]): Promise<CommandResult> {
    const out: string[] = [];
    const err: string[] = [];
    const home = path.join(this.folder, checkout);
    const folders = ["--out", path.join(home, "out"), "--backends", "all"];
    const code = await run(
      [
        ...args,
        "--schema",
        path.join(home, "shop.schema.ts"),
        ...(args.length === 0 || args[0] === "--check" ? folders : []),
      ],
      { streams: { out: (text) => out.push(text), err: (text) => err.push(text) } },
    );
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  /** Compiles everything that was emitted, strictly, into `dist`. */
  compile(): void {
    const compilerOptions = { composite: false, declaration: false, outDir: "dist", rootDir: "." };
    this.write(
      "tsconfig.json",
      JSON.stringify({
        extends: path.join(ROOT, "tsconfig.base.json"),
        compilerOptions,
        include: ["*/shop.schema.ts", "*/out"],
      }),
    );
    const tsc = path.join(ROOT, "node_modules/.bin/tsc");
    execFileSync(tsc, ["-p", this.folder], { encoding: "utf8", stdio: "pipe" });
  }

  /** The compiled module of a unit, such as `store-sqljs`, as a checkout has emitted it. */
  moduleFile(checkout: string, unit: string): string {
    return path.join(this.folder, "dist", checkout, "out", unit, "index.js");
  }

  async load<T>(checkout: string, unit: string): Promise<T> {
    return (await import(pathToFileURL(this.moduleFile(checkout, unit)).href)) as T;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Every version of the shop's spec, in order. */
export const VERSIONS = [1, 2, 3, 4, 5, 6, 7];

/** The text of one version of the shop's spec. */
function specOf(version: number): string {
  return fs.readFileSync(path.join(import.meta.dirname, "versions", `v${version}.schema.ts`), "utf8");
}

/** Specs that no database of version 1 fits: rows would share a key, others lack a part of theirs. */
const STRICT = "strict";

/** A spec with a unique index on what many documents share. */
const COLLIDING = "colliding";

/** A spec whose released versions begin later than its databases. */
const LATE = "late";

/** Releases the versions of the shop that are needed, one after the other; emits and compiles those that are asked for, or all. */
export async function buildShop(
  wanted: readonly string[] = [...VERSIONS.map(nameOf), STRICT, COLLIDING, LATE],
): Promise<SpecProject> {
  const project = new SpecProject();
  const emit = async (checkout: string, spec: string, history?: string): Promise<void> => {
    project.write(`${checkout}/shop.schema.ts`, spec);
    if (history !== undefined) project.copyHistory(history, checkout);
    for (const args of wanted.includes(checkout) ? [[], ["release"]] : [["release"]]) {
      const { code, out, err } = await project.codegen(checkout, ...args);
      if (code !== 0) throw new Error(`${checkout}: ${args.join(" ")}: ${out}${err}`);
    }
  };
  const last = Math.max(...wanted.map((name) => Number(/^v(\d+)$/.exec(name)?.[1] ?? VERSIONS.length)));
  for (const version of VERSIONS.slice(0, last)) {
    await emit(nameOf(version), specOf(version), version > 1 ? nameOf(version - 1) : undefined);
  }
  if (wanted.includes(STRICT)) await emit(STRICT, strictSpec(), "v2");
  if (wanted.includes(COLLIDING)) {
    await emit(
      COLLIDING,
      specOf(6).replace('unique: [["content"], ["writer", "id"]]', 'unique: [["content"], ["writer"]]'),
      "v5",
    );
  }
  if (wanted.includes(LATE)) {
    await emit(
      LATE,
      specOf(5)
        .replace("  readableFrom: 4,\n", "")
        .replace(/^.*renamedFields.*\n/m, ""),
    );
  }
  project.compile();
  return project;
}

function nameOf(version: number): string {
  return `v${version}`;
}

function strictSpec(): string {
  return specOf(3)
    .replace('      onDuplicateKey: "keep-last",\n', "")
    .replace("writer?: string", "writer: string")
    .replace(/(note: entity<Note>[^]*?)key: \["id"\]/, '$1key: ["id", "writer"]')
    .replace('getNote: get({ id: "id" })', 'getNote: get({ id: "id", writer: "writer" })');
}
