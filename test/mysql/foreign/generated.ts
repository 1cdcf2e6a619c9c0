import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");
// Inside the project, so that what is emitted finds the kit and the drivers.
const TEMPORARY = path.join(import.meta.dirname, "../.tmp");

/** Modules that were generated for a spec and compiled. */
export interface Generated {
  /** The exports of a unit: `journal-mysql`. */
  load(unit: string): Promise<Record<string, unknown>>;
  remove(): void;
}

/** Generates a plain folder for the spec of a folder, as its project does, and compiles it. */
export function generateFor(schema: string, backends: string): Generated {
  fs.mkdirSync(TEMPORARY, { recursive: true });
  const home = fs.mkdtempSync(path.join(TEMPORARY, "foreign-"));
  fs.cpSync(path.dirname(schema), home, { recursive: true });
  fs.writeFileSync(path.join(home, "package.json"), '{ "type": "module" }\n');
  const spec = path.join(home, path.basename(schema));
  run(path.join(ROOT, "codegen/dist/bin.js"), [
    "--schema",
    spec,
    "--out",
    path.join(home, "out"),
    "--backends",
    backends,
  ]);
  fs.writeFileSync(
    path.join(home, "tsconfig.json"),
    JSON.stringify({
      extends: path.join(ROOT, "tsconfig.base.json"),
      compilerOptions: { composite: false, outDir: "dist", rootDir: "." },
      include: ["out", "*.schema.ts"],
    }),
  );
  run(path.join(ROOT, "node_modules/typescript/bin/tsc"), ["-p", home]);
  return {
    load: (unit) => import(path.join(home, "dist/out", unit, "index.js")) as Promise<Record<string, unknown>>,
    remove: () => fs.rmSync(home, { recursive: true }),
  };
}

function run(script: string, args: readonly string[]): void {
  try {
    execFileSync(process.execPath, [script, ...args], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${path.basename(script)} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
