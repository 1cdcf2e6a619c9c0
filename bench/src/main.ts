#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "./cli.js";

if (globalThis.gc === undefined && process.env["BENCH_WITHOUT_GC"] === undefined) {
  // Only a flag of the process lets a sample begin on a tidy heap.
  const child = spawnSync(
    process.execPath,
    ["--expose-gc", ...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exitCode = child.status ?? 1;
} else {
  process.exitCode = await run(process.argv.slice(2));
}
