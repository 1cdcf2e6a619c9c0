/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import { Command, InvalidArgumentError } from "commander";
import { seededRandom } from "./data/random.js";
import type { Suite } from "./measure/contender.js";
import { measure, measureOnce, type Plan, type Result } from "./measure/measure.js";
import { writeJson } from "./report/json.js";
import { VERSIONS } from "./scale/operations.js";
import { describeRun } from "./report/machine.js";
import { addToPage, redrawPage } from "./report/page.js";
import type { RecordedSuite } from "./report/record.js";
import { renderTable } from "./report/table.js";
import { FEW as LEAST_SCALE } from "./suites/scale.js";
import { DEFAULT_SUITES, makeSuites, SUITES } from "./suites/index.js";

interface Options {
  readonly json?: string;
  readonly suite?: readonly string[];
  readonly quick?: true;
  readonly rounds?: number;
  readonly seed?: number;
  readonly scale?: number;
  readonly page?: true;
  readonly redraw?: true;
}

const DEFAULT_SCALE = 1_000_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Runs the bench.
 *
 * @returns the exit code: 0 when everything asked for was measured, whatever came out; 1 when something failed, or a suite that was
 *   named needs what is not there
 */
export async function run(argv: readonly string[]): Promise<number> {
  const command = new Command("bench")
    .description("Measures the generated storages beside what a user would pick instead, in one process run.")
    .option("--json <file>", "also write the ratios to a file")
    .option(
      "--suite <name>",
      `this suite only; may be repeated: ${SUITES.join(", ")} (scale takes long, and runs only when it is named)`,
      collectSuite,
    )
    .option("--quick", "fewer rounds and shorter samples: a glance, not to be quoted")
    .option("--rounds <number>", "how often contenders take turns (9, or 3 with --quick)", wholeNumber)
    .option("--seed <number>", "decides the order of turns and what is read", wholeNumber)
    .option("--scale <number>", "documents of a kind that the suite scale loads (1000000)", documentCount)
    .option("--page", "also put the results into docs/, in the place of earlier ones of the same suites")
    .option(
      "--redraw",
      "measure nothing: make the page of docs/ and its charts again of what is recorded there",
    )
    .exitOverride();
  try {
    command.parse(argv, { from: "user" });
  } catch (error) {
    return (error as { exitCode: number }).exitCode;
  }
  const options = command.opts<Options>();
  if (options.redraw === true) {
    redrawPage();
    return 0;
  }
  const seed = options.seed ?? Date.now() % 1_000_000;
  const plan = planFor(options, seed);
  const about = describeRun(seed, plan.rounds);
  for (const line of about) print(line);
  const suites: RecordedSuite[] = [];
  let failed = false;
  for (const suite of makeSuites(seed, options.scale ?? DEFAULT_SCALE, options.suite ?? DEFAULT_SUITES)) {
    const aboutSuite = await describeSuite(suite);
    if (aboutSuite === undefined) {
      // Whoever names a suite wants it measured.
      if (options.suite !== undefined) failed = true;
      continue;
    }
    print(`\n## ${suite.name}: ${aboutSuite}\n`);
    const { measured, complete } = await runSuite(suite, plan);
    if (measured.length > 0) print(renderTable(measured));
    if (measured.length > 0) suites.push({ name: suite.name, about: aboutSuite, results: measured });
    if (!complete) failed = true;
  }
  if (options.json !== undefined)
    writeJson(
      options.json,
      suites.flatMap(({ results }) => results),
    );
  if (options.page === true) addToPage({ about, suites });
  return failed ? 1 : 0;
}

/** What the report says about a suite; undefined where what it needs is not there, which is told. */
async function describeSuite({ name, about, find }: Suite): Promise<string | undefined> {
  if (find === undefined) return about;
  try {
    return `${about}, on ${await find()}`;
  } catch (error) {
    complain(`\n${name}, ${about}: not measured: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** One case that fails does not cost the others their results. */
async function runSuite(suite: Suite, plan: Plan): Promise<{ measured: Result[]; complete: boolean }> {
  const measured: Result[] = [];
  let complete = true;
  for (const one of suite.cases) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${suite.name}: ${one.name}`);
    try {
      const results = "measureOnce" in one ? measureOnce(suite.name, one) : measure(suite.name, one, plan);
      measured.push(...(await results));
    } catch (error) {
      complete = false;
      complain(`${suite.name}: ${one.name} could not be measured: ${String(error)}`);
    }
  }
  await suite.close?.();
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  return { measured, complete };
}

function planFor({ quick = false, rounds }: { quick?: boolean; rounds?: number }, seed: number): Plan {
  return {
    rounds: rounds ?? (quick ? 3 : 9),
    sampleTime: quick ? 10 : 40,
    warmUpTime: quick ? 50 : 250,
    quick,
    random: seededRandom(seed),
  };
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("It must be a whole number above 0.");
  return number;
}

function documentCount(text: string): number {
  const number = wholeNumber(text);
  if (number < LEAST_SCALE || number % VERSIONS !== 0) {
    throw new InvalidArgumentError(`It must be a multiple of ${VERSIONS}, at least ${LEAST_SCALE}.`);
  }
  return number;
}

function collectSuite(name: string, previous: readonly string[] = []): readonly string[] {
  if (!SUITES.includes(name)) throw new InvalidArgumentError(`Suites are ${SUITES.join(", ")}.`);
  return [...previous, name];
}
