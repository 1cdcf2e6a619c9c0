import path from "node:path";

import { Command } from "commander";
import pc from "picocolors";

import { type CliCommand, EXIT, type ExitCode, type Streams } from "./commands/command.js";
import { COMMANDS } from "./commands/index.js";
import { SpecError } from "./model/spec-error.js";
import { nearest } from "./model/suggest.js";
import { ownVersion } from "./output/versions.js";
import { UsageError } from "./usage-error.js";

const NAME = "storage-codegen";

const PROCESS: Streams = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
};

/** Runs `storage-codegen`; whatever goes wrong is told on the error stream. Asks no questions. */
export async function run(
  argv: readonly string[],
  { streams = PROCESS, cwd = process.cwd() }: { readonly streams?: Streams; readonly cwd?: string } = {},
): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const [main, ...others] = COMMANDS;
  const program = new Command(NAME)
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out(text.trimEnd()),
      writeErr: (text) => streams.err(text.trimEnd()),
    })
    // An option belongs to the command that it stands behind.
    .enablePositionalOptions();
  const define = (command: Command, given: CliCommand): void => {
    for (const option of given.options) command.addOption(option);
    command
      .description(given.summary)
      .addHelpText("after", () => examplesOf(given))
      .action(async () => {
        code = await given.run({
          args: command.processedArgs as (string | undefined)[],
          options: command.opts() as never,
          streams,
          cwd,
        });
      });
  };
  define(program, main);
  for (const other of others) {
    define(program.command(other.usage), other);
  }
  // What stands where a command could, is told as one that there is not.
  program.allowExcessArguments().hook("preAction", (_, command) => {
    const [unknown] = command === program ? program.args : [];
    if (unknown !== undefined) throw unknownCommand(unknown);
    const [early] = command === program ? [] : Object.keys(program.opts());
    if (early !== undefined) throw misplacedOption(early, command.name());
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return told(error, streams, cwd);
  }
}

function misplacedOption(option: string, command: string): UsageError {
  return new UsageError(
    `\`--${option}\` stands before \`${command}\`, which looks for its options behind it`,
    `write \`${NAME} ${command} … --${option} …\``,
  );
}

function unknownCommand(name: string): UsageError {
  const likely = nearest(
    name,
    COMMANDS.flatMap(({ usage }) => (usage === "" ? [] : usage.split(" ", 1))),
  );
  return new UsageError(
    `there is no command \`${name}\``,
    likely === null ? `see \`${NAME} --help\`` : `did you mean \`${likely}\`?`,
  );
}

function examplesOf({ usage, examples }: CliCommand): string {
  const [name = ""] = usage.split(" ", 1);
  const lines = examples.map(
    ([line, does]) => `  $ ${[NAME, name, line].filter(Boolean).join(" ")}\n      ${does}`,
  );
  return `\nExamples:\n${lines.join("\n")}`;
}

/** Tells what went wrong, and answers with its exit code. A fault of the generator itself is thrown on. */
function told(error: unknown, streams: Streams, cwd: string): ExitCode {
  if (error instanceof SpecError) {
    const count = error.problems.length;
    streams.err(error.message);
    streams.err(pc.red(`\n${count} mistake${count === 1 ? "" : "s"}; nothing was written`));
    return EXIT.findings;
  }
  if (error instanceof UsageError) {
    streams.err(`error: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof Error && "syscall" in error) {
    // A folder that cannot be written to, say.
    streams.err(`error: ${error.message.replaceAll(cwd + path.sep, "")}`);
    return EXIT.usage;
  }
  // What commander refuses, it has told; help and the version are no errors.
  if (isCommanderError(error)) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  throw error;
}

function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
