import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import path from "node:path";
import type { Suite } from "../measure/contender.js";

/** The repository, from `bench/dist/suites`. */
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CODEGEN = path.join("codegen", "dist", "bin.js");

/** The suite `codegen`: for information, as nothing else here generates the same. */
export function codegenSuite(): Suite {
  return {
    name: "codegen",
    about:
      "generating everything of schema/gati.ts, in a process of its own, beside a process that does nothing",
    cases: [
      {
        name: "--check, cold",
        prepare: () => ({
          subject: { name: "storage-codegen", run: () => runNode(CODEGEN, "--check") },
          peers: [{ name: "node alone", run: () => runNode("--eval", "") }],
          calls: 1,
        }),
      },
    ],
  };
}

function runNode(...args: readonly string[]): void {
  const child = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (child.status === 0) return;
  throw new Error(
    `node ${args.join(" ")} ended with ${child.status}: ${child.stdout}${child.stderr}`.slice(0, 400),
  );
}
