import { spawnSync } from "node:child_process";
import fs from "node:fs";

/**
 * The reason why system calls cannot be traced here; null when they can. In CI that is a failure: the proof would be missing
 * unnoticed.
 */
export function straceMissing(): string | null {
  const trial = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]);
  if (trial.status === 0) return null;
  const reason = `strace cannot run here (${trial.error?.message ?? trial.stderr.toString().trim()})`;
  if (process.env["CI"] === "true") throw new Error(reason);
  console.warn(`NOT PROVED: ${reason}`);
  return reason;
}

/** A command line that puts a process under strace, which follows its threads and notes `calls` in `log`. */
export function straced(log: string, calls: readonly string[], inject: readonly string[] = []): string[] {
  const rules = inject.flatMap((rule) => ["-e", `inject=${rule}`]);
  return ["strace", "-f", "-y", "-o", log, "-e", `trace=${calls.join(",")}`, ...rules];
}

/** The traced calls, each whole, in order of completion. */
export function callsIn(log: string): string[] {
  return fs
    .readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /= -?\d/.test(line));
}
