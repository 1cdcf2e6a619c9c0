import type { Option } from "commander";

/** What a command ends with. */
export const EXIT = {
  /** All is well. */
  fine: 0,
  /** The spec has mistakes, or `--check` found something. */
  findings: 1,
  /** The command line, or what it names, is wrong: nothing was looked at. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command writes; the process's own streams unless a test looks on. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/** One call of a command. */
export interface Call<Options> {
  /** The positional arguments, in order; undefined for an optional one that was left out. */
  readonly args: readonly (string | undefined)[];
  readonly options: Options;
  readonly streams: Streams;
  /** The folder that paths on the command line are relative to, and that messages name files relative to. */
  readonly cwd: string;
}

/**
 * One command of `storage-codegen`. It throws `SpecError` and `UsageError` as they come: `cli.ts` tells them and answers with
 * the right code.
 */
export interface CliCommand {
  /** What is typed after `storage-codegen`: `new-entity <name>`; empty for what runs without a name. */
  readonly usage: string;
  /** One sentence for the help. */
  readonly summary: string;
  readonly options: readonly Option[];
  /** Command lines, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  run(call: Call<never>): Promise<ExitCode>;
}

/** Declares a command, whose options are read as `Options`. */
export function defineCommand<Options>(
  command: Omit<CliCommand, "run"> & { run(call: Call<Options>): Promise<ExitCode> },
): CliCommand {
  return command;
}
