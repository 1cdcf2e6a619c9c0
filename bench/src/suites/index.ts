import { type Random, seededRandom } from "../data/random.js";
import type { Suite } from "../measure/contender.js";
import { betterSqliteSuite } from "./better-sqlite3.js";
import { codegenSuite } from "./codegen.js";
import { costSuite } from "./cost.js";
import { inMemorySuite } from "./in-memory.js";
import { mysqlSuite } from "./mysql.js";
import { postgresSuite } from "./postgres.js";
import { scaleSuites } from "./scale.js";
import { sqlJsSuite } from "./sqljs.js";

/** What suites are made with. */
export interface Making {
  readonly random: Random;
  /** Decides what is drawn in other processes. */
  readonly seed: number;
  /** How many documents of a kind the suite `scale` loads. */
  readonly scale: number;
}

const MAKERS: Readonly<Record<string, (making: Making) => Suite | readonly Suite[]>> = {
  "in-memory": ({ random }) => inMemorySuite(random),
  "better-sqlite3": ({ random }) => betterSqliteSuite(random),
  sqljs: ({ random }) => sqlJsSuite(random),
  postgres: ({ random }) => postgresSuite(random),
  mysql: ({ random }) => mysqlSuite(random),
  codegen: codegenSuite,
  cost: costSuite,
  scale: scaleSuites,
};

/** Every suite's name, in the order in which they run. */
export const SUITES: readonly string[] = Object.keys(MAKERS);

/** Takes long and gigabytes, and runs only when it is asked for. */
const ON_DEMAND = "scale";

export const DEFAULT_SUITES: readonly string[] = SUITES.filter((name) => name !== ON_DEMAND);

/** The suites of these names. Each draws from the seed anew, so that it reads the same alone and among others. */
export function makeSuites(seed: number, scale: number, names: readonly string[]): Suite[] {
  return SUITES.filter((name) => names.includes(name)).flatMap(
    (name) => MAKERS[name]?.({ random: seededRandom(seed), seed, scale }) ?? [],
  );
}
