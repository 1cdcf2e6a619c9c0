#!/usr/bin/env node
import module from "node:module";

// Node 22 and later keep compiled code between runs, of which the compiler's own is the most.
if ("enableCompileCache" in module) (module.enableCompileCache as () => void)();

const { run } = await import("./cli.js");

process.exitCode = await run(process.argv.slice(2));
