import path from "node:path";

import pc from "picocolors";

import { BUNDLED_BACKENDS } from "../backends/load-backends.js";
import { EXIT, type ExitCode, type Streams } from "../commands/command.js";
import { type SettingsOptions, settingsOf } from "../commands/settings.js";
import { generate } from "../generate.js";
import { relativePath } from "../load/paths.js";
import { SpecError } from "../model/spec-error.js";
import { BUNDLED_TEMPLATES } from "../plan.js";
import { UsageError } from "../usage-error.js";
import { apply, compare } from "../write.js";
import { Changes } from "./changes.js";
import { Folders } from "./folders.js";

/**
 * Generates whenever something changes that the output depends on: the spec, the project's files that it imports, the config,
 * templates. A mistake leaves the last good output as it is. Ends on SIGINT and SIGTERM; a run that has begun is finished first.
 *
 * @throws UsageError when there is nothing to begin with
 */
export async function watch(options: SettingsOptions, streams: Streams, cwd: string): Promise<ExitCode> {
  // A wrong command line is no matter of waiting for better times.
  const { schema } = await settingsOf(options, cwd);
  const changes = new Changes();
  const reads = new Set<string>([schema]);
  const sources = new Folders((file) => reads.has(file) && changes.add());
  const templates = new Folders(() => changes.add());
  const end = (): void => changes.end();
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    await templates.add([BUNDLED_TEMPLATES, BUNDLED_BACKENDS], { deep: true });
    await sources.add([path.dirname(schema)]);
    /* oxlint-disable no-await-in-loop -- one run after the other */
    do {
      const { line, own } = await runOnce(options, streams, cwd, reads);
      await sources.add([...reads].map((file) => path.dirname(file)));
      await templates.add(own, { deep: true });
      streams.out(line);
    } while (await changes.next());
    /* oxlint-enable no-await-in-loop */
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    await Promise.all([sources.close(), templates.close()]);
  }
  return EXIT.fine;
}

interface Round {
  /** What came of it. */
  readonly line: string;
  /** Folders with backends of the user's own. */
  readonly own: readonly string[];
}

/**
 * Generates once.
 *
 * @param reads gathers what the next run depends on, also when this one fails
 */
async function runOnce(
  options: SettingsOptions,
  streams: Streams,
  cwd: string,
  reads: Set<string>,
): Promise<Round> {
  let own: readonly string[] = [];
  try {
    const settings = await settingsOf(options, cwd);
    const { schema, out, config, backends } = settings;
    own = backends?.folders ?? [];
    reads.add(schema);
    if (config !== null) reads.add(config);
    const output = await generate({ ...settings, cwd, reads });
    const changes = compare(output, out).filter(({ kind }) => kind !== "foreign");
    apply(changes, out);
    const did = changes.length === 0 ? "all up to date" : `${changes.length} changed`;
    const line = pc.green(`${relativePath(cwd, schema)}: ${output.files.size} files, ${did}; watching`);
    return { line, own };
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof UsageError)) throw error;
    streams.err(error.message);
    return { line: pc.red("nothing was written, so the last good output stays; watching"), own };
  }
}
