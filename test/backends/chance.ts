/**
 * How random tests run: `STORAGE_TEST_RUNS` sequences (`runs` unless told otherwise), from `STORAGE_TEST_SEED`. Without a seed each
 * run tries others, and a failure prints the one that it met.
 */
export function chance(
  runs: number,
  environment: NodeJS.ProcessEnv = process.env,
): {
  runs: number;
  seed?: number;
  path?: string;
} {
  const seed = environment["STORAGE_TEST_SEED"];
  const path = environment["STORAGE_TEST_PATH"];
  return {
    runs: wholeNumber("STORAGE_TEST_RUNS", environment["STORAGE_TEST_RUNS"] ?? String(runs)),
    ...(seed === undefined ? {} : { seed: wholeNumber("STORAGE_TEST_SEED", seed) }),
    ...(path === undefined ? {} : { path }),
  };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value))
    throw new Error(`${name} is "${text}", which is no whole number`);
  return value;
}
