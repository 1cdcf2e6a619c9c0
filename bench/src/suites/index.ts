import { type Random, seededRandom } from "../data/random.js";
import type { Suite } from "../measure/contender.js";
import { betterSqliteSuite } from "./better-sqlite3.js";
import { codegenSuite } from "./codegen.js";
import { inMemorySuite } from "./in-memory.js";
import { postgresSuite } from "./postgres.js";
import { sqlJsSuite } from "./sqljs.js";

const MAKERS: Readonly<Record<string, (random: Random) => Suite>> = {
  "in-memory": inMemorySuite,
  "better-sqlite3": betterSqliteSuite,
  sqljs: sqlJsSuite,
  postgres: postgresSuite,
  codegen: codegenSuite,
};

/** Every suite's name, in the order in which they run. */
export const SUITES: readonly string[] = Object.keys(MAKERS);

/** The suites of these names. Each draws from the seed anew, so that it reads the same alone and among others. */
export function makeSuites(seed: number, names: readonly string[]): Suite[] {
  return SUITES.filter((name) => names.includes(name)).flatMap(
    (name) => MAKERS[name]?.(seededRandom(seed)) ?? [],
  );
}
