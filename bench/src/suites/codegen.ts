import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { specOf } from "../data/large-spec.js";
import type { Case, Contender, Suite } from "../measure/contender.js";

/** The repository, from `bench/dist/suites`. */
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CODEGEN = path.join(ROOT, "codegen/dist/bin.js");
const DRIZZLE_KIT = path.join(path.dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");
const DRIZZLE_TABLES = path.join(ROOT, "bench/src/peers/drizzle-kit-tables.ts");
const GATI = path.join(ROOT, "schema/gati.ts");

/** The suite `codegen`: whole processes, from their start to their end. */
export function codegenSuite(): Suite {
  return {
    name: "codegen",
    about: "the generator as a whole process: what a command costs",
    cases: [gatiCase(), checkCase(), growthCase()],
  };
}

function gatiCase(): Case {
  return caseIn("Gati's six kinds, cold", (folder) => ({
    subject: generating("storage-codegen: 7 packages, tests among them", GATI, path.join(folder, "ours")),
    peers: [
      {
        ...into(path.join(folder, "drizzle"), (out) => runDrizzleKit(path.relative(ROOT, out))),
        name: "drizzle-kit generate: one SQL file, types unchecked",
        atLeast: 1,
      },
      { name: "node alone", run: () => runNode("--eval", "") },
    ],
  }));
}

function checkCase(): Case {
  return caseIn("--check on a clean tree", (folder) => {
    const clean = path.join(folder, "clean");
    generate(GATI, clean);
    return {
      subject: { name: "storage-codegen --check", run: () => generate(GATI, clean, "--check") },
      peers: [{ ...generating("a full run", GATI, path.join(folder, "full")), atLeast: 1 }],
    };
  });
}

function growthCase(): Case {
  return caseIn("200 entities", (folder) => {
    const [many, few] = [200, 20].map((count) => {
      const schema = path.join(folder, `schema-${count}.ts`);
      writeFileSync(schema, specOf(count));
      return generating(`storage-codegen, of ${count}`, schema, path.join(folder, `out-${count}`));
    }) as [Contender, Contender];
    // At most 12 times as long for 10 times as many.
    return { subject: many, peers: [{ ...few, name: "itself, of 20", atLeast: 1 / 12 }] };
  });
}

/** A case with a folder of its own. Every call is a process, so that one makes a sample. */
function caseIn(
  name: string,
  prepare: (folder: string) => { subject: Contender; peers: (Contender & { atLeast?: number })[] },
): Case {
  return {
    name,
    prepare: () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "storage-bench-codegen-"));
      // What is generated are modules of a package, whose types are found in the repository.
      writeFileSync(path.join(folder, "package.json"), `{ "type": "module" }`);
      return { ...prepare(folder), calls: 1, close: () => rmSync(folder, { recursive: true }) };
    },
  };
}

/** Generates everything, into a folder that is empty each time. */
function generating(name: string, schema: string, out: string): Contender {
  return { ...into(out, () => generate(schema, out)), name };
}

function into(out: string, run: (out: string) => void): Pick<Contender, "before" | "run"> {
  return {
    before: () => {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out, { recursive: true });
    },
    run: () => run(out),
  };
}

function generate(schema: string, out: string, ...flags: readonly string[]): void {
  runNode(CODEGEN, "--schema", schema, "--out", out, "--backends", "all", ...flags);
}

function runDrizzleKit(out: string): void {
  runNode(DRIZZLE_KIT, "generate", "--dialect", "sqlite", "--schema", DRIZZLE_TABLES, "--out", out);
}

function runNode(...args: readonly string[]): void {
  const child = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (child.status === 0) return;
  throw new Error(
    `node ${args.join(" ")} ended with ${child.status}: ${child.stdout}${child.stderr}`.slice(0, 400),
  );
}
