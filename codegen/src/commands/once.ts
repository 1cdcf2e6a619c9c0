import path from "node:path";

import pc from "picocolors";

import { generate } from "../generate.js";
import { relativePath } from "../load/paths.js";
import { installCommands } from "../output/missing.js";
import { apply, type Change, compare, renderDiff } from "../write.js";
import { EXIT, type ExitCode, type Streams } from "./command.js";
import type { Settings } from "./settings.js";

/** Generates once, and tells which files changed and what is to be installed. */
export async function generateOnce(settings: Settings, streams: Streams, cwd: string): Promise<ExitCode> {
  const output = await generate({ ...settings, cwd });
  const changes = compare(output, settings.out);
  apply(changes, settings.out);
  for (const change of changes) {
    const target = targetOf(change, settings, cwd);
    if (change.kind === "write") streams.out(`${pc.green("write")}   ${target}`);
    else if (change.kind === "remove") streams.out(`${pc.yellow("remove")}  ${target}`);
    else streams.err(`${pc.red("foreign")} ${target}: not generated, so it is left alone; move it elsewhere`);
  }
  const written = changes.filter((change) => change.kind === "write").length;
  streams.out(
    `${relativePath(cwd, settings.schema)}: ${output.files.size} files, ${written === 0 ? "all up to date" : `${written} written`}`,
  );
  const commands = installCommands(output.needs, settings.out);
  if (commands.length > 0) {
    streams.out(`\nWhat was generated needs packages that this project lacks:\n\n  ${commands.join("\n  ")}`);
  }
  return EXIT.fine;
}

/** Compares what would be generated with what is there, and tells how they differ. */
export async function checkOnce(settings: Settings, streams: Streams, cwd: string): Promise<ExitCode> {
  const changes = compare(await generate({ ...settings, cwd }), settings.out);
  for (const change of changes) {
    const target = targetOf(change, settings, cwd);
    if (change.kind === "write") {
      // oxlint-disable-next-line no-await-in-loop -- loaded once
      streams.out(`${pc.red("stale")}   ${target}\n${await renderDiff(change)}`);
    } else if (change.kind === "remove") streams.out(`${pc.red("orphan")}  ${target}: no longer generated`);
    else streams.out(`${pc.red("foreign")} ${target}: not generated; move it elsewhere`);
  }
  if (changes.length === 0) {
    streams.out(
      `${relativePath(cwd, settings.out)} is up to date with ${relativePath(cwd, settings.schema)}`,
    );
    return EXIT.fine;
  }
  streams.err(
    `${changes.length} ${changes.length === 1 ? "file differs" : "files differ"}; run it without \`--check\` and commit`,
  );
  return EXIT.findings;
}

function targetOf(change: Change, settings: Settings, cwd: string): string {
  return relativePath(cwd, path.join(settings.out, change.file));
}
