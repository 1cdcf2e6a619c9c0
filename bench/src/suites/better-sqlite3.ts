import type { Random } from "../data/random.js";
import type { Suite } from "../measure/contender.js";
import { getByVersion, getCached, getMissed, latest, list } from "./better-sqlite3/reads.js";
import { stats } from "./better-sqlite3/stats.js";
import { storeAtOnce, storeOneByOne } from "./better-sqlite3/writes.js";

/** The suite `better-sqlite3`; `random` draws what is read. */
export function betterSqliteSuite(random: Random): Suite {
  return {
    name: "better-sqlite3",
    about: "createBetterSqliteStorage() on a file in WAL mode beside other ways to use the same driver",
    cases: [
      getByVersion(random),
      getCached(random),
      getMissed(random),
      latest(random),
      list(random),
      storeOneByOne("NORMAL"),
      storeOneByOne("FULL"),
      storeAtOnce("NORMAL"),
      storeAtOnce("FULL"),
      ...stats(),
    ],
  };
}
