/* oxlint-disable no-await-in-loop -- what is measured must not run at the same time as anything else */
import { Command, InvalidArgumentError } from "commander";
import { seededRandom } from "./data/random.js";
import type { Suite } from "./measure/contender.js";
import { measure, type Plan, type Result } from "./measure/measure.js";
import { writeJson } from "./report/json.js";
import { describeRun } from "./report/machine.js";
import { renderTable } from "./report/table.js";
import { makeSuites, SUITES } from "./suites/index.js";

interface Options {
  readonly json?: string;
  readonly suite?: readonly string[];
  readonly quick?: true;
  readonly rounds?: number;
  readonly seed?: number;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Runs the bench.
 *
 * @returns the exit code: 0 when everything asked for was measured, whatever came out; 1 when something failed
 */
export async function run(argv: readonly string[]): Promise<number> {
  const command = new Command("bench")
    .description("Measures the generated storages beside what a user would pick instead, in one process run.")
    .option("--json <file>", "also write the ratios to a file")
    .option("--suite <name>", `one suite only, or several: ${SUITES.join(", ")}`, collectSuite)
    .option("--quick", "fewer rounds and shorter samples: a glance, not to be quoted")
    .option("--rounds <number>", "how often contenders take turns (9, or 3 with --quick)", wholeNumber)
    .option("--seed <number>", "decides the order of turns and what is read", wholeNumber)
    .exitOverride();
  try {
    command.parse(argv, { from: "user" });
  } catch (error) {
    return (error as { exitCode: number }).exitCode;
  }
  const options = command.opts<Options>();
  const seed = options.seed ?? Date.now() % 1_000_000;
  const plan = planFor(options, seed);
  for (const line of describeRun(seed, plan.rounds)) print(line);
  const results: Result[] = [];
  let failed = false;
  for (const suite of makeSuites(seed, options.suite ?? SUITES)) {
    print(`\n## ${suite.name}: ${suite.about}\n`);
    const { measured, complete } = await runSuite(suite, plan);
    if (measured.length > 0) print(renderTable(measured));
    results.push(...measured);
    if (!complete) failed = true;
  }
  if (options.json !== undefined) writeJson(options.json, results);
  return failed ? 1 : 0;
}

/** One case that fails does not cost the others their results. */
async function runSuite(suite: Suite, plan: Plan): Promise<{ measured: Result[]; complete: boolean }> {
  const measured: Result[] = [];
  let complete = true;
  for (const one of suite.cases) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${suite.name}: ${one.name}`);
    try {
      measured.push(...(await measure(suite.name, one, plan)));
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

function collectSuite(name: string, previous: readonly string[] = []): readonly string[] {
  if (!SUITES.includes(name)) throw new InvalidArgumentError(`Suites are ${SUITES.join(", ")}.`);
  return [...previous, name];
}
