import path from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { generate } from "./generate.js";
import { SpecError } from "./model/spec-error.js";
import { ownVersion } from "./output/versions.js";
import { apply, type Change, compare, renderDiff } from "./write.js";

interface CliOptions {
  readonly schema: string;
  readonly out: string;
  readonly check?: true;
}

/** Where the command writes; the process's own streams unless a test looks on. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

const PROCESS: Streams = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
};

/**
 * Runs `storage-codegen`.
 *
 * @returns the exit code: 0, 1 when the spec is wrong or `--check` found something stale, 2 for a wrong command line
 */
export async function run(argv: readonly string[], streams: Streams = PROCESS): Promise<number> {
  const command = new Command("storage-codegen")
    .description("Generates storage contracts, backends, proofs and packages from one declarative spec.")
    .version(ownVersion())
    .option("--schema <file>", "the spec", "schema/gati.ts")
    .option("--out <folder>", "where to generate into", "generated")
    .option(
      "--check",
      "write nothing; exit 1 and show a diff when anything is stale, edited by hand or orphaned",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out(text.trimEnd()),
      writeErr: (text) => streams.err(text.trimEnd()),
    });
  try {
    command.parse(argv, { from: "user" });
  } catch (error) {
    return (error as { exitCode: number }).exitCode === 0 ? 0 : 2;
  }
  const options = command.opts<CliOptions>();
  try {
    const output = await generate(options);
    const changes = compare(output, options.out);
    return options.check
      ? check(changes, options, streams)
      : write(changes, output.files.size, options, streams);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    streams.err(error.message);
    const count = error.problems.length;
    streams.err(
      pc.red(`\n${count} mistake${count === 1 ? "" : "s"} in ${options.schema}; nothing was written`),
    );
    return 1;
  }
}

function write(changes: readonly Change[], total: number, options: CliOptions, streams: Streams): number {
  apply(changes, options.out);
  for (const { kind, file } of changes) {
    const target = path.join(options.out, file);
    if (kind === "write") streams.out(`${pc.green("write")}   ${target}`);
    else if (kind === "remove") streams.out(`${pc.yellow("remove")}  ${target}`);
    else streams.err(`${pc.red("foreign")} ${target}: not generated, so it is left alone; move it elsewhere`);
  }
  const written = changes.filter((change) => change.kind === "write").length;
  streams.out(
    `${options.schema}: ${total} files, ${written === 0 ? "all up to date" : `${written} written`}`,
  );
  return 0;
}

function check(changes: readonly Change[], options: CliOptions, streams: Streams): number {
  for (const change of changes) {
    const target = path.join(options.out, change.file);
    if (change.kind === "write") streams.out(`${pc.red("stale")}   ${target}\n${renderDiff(change)}`);
    else if (change.kind === "remove") streams.out(`${pc.red("orphan")}  ${target}: no longer generated`);
    else streams.out(`${pc.red("foreign")} ${target}: not generated; move it elsewhere`);
  }
  if (changes.length === 0) {
    streams.out(`${options.out} is up to date with ${options.schema}`);
    return 0;
  }
  streams.err(
    `${changes.length} ${changes.length === 1 ? "file differs" : "files differ"}; run \`pnpm codegen\` and commit`,
  );
  return 1;
}
