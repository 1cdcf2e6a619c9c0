import path from "node:path";

import type { Model } from "../model/model.js";
import { HISTORY } from "./records.js";
import type { Lineage } from "./lineage.js";

/** What templates see of earlier versions. */
export interface MigrationsView {
  /** `schema/history` */
  readonly source: string;
  readonly upgrades: readonly {
    readonly from: number;
    /** What it does, a line each. */
    readonly words: readonly string[];
    /** The upgrade as an expression. */
    readonly json: string;
  }[];
  /** The row of the meta table that lets older code in, after that of the version; empty where there is none. */
  readonly readableFromSql: string;
}

export function migrationsView(model: Model, lineage: Lineage | undefined): MigrationsView {
  const readableFrom = lineage?.layout.readableFrom ?? model.version;
  return {
    source: path.posix.join(path.posix.dirname(model.source), HISTORY),
    upgrades: (lineage?.upgrades ?? []).map(({ upgrade, words }) => ({
      from: upgrade.from,
      words: (words.length === 0 ? ["nothing changes in the database"] : words).map(
        (line) => `- ${line.replaceAll("*/", "* /")}`,
      ),
      json: JSON.stringify(upgrade, null, 2),
    })),
    readableFromSql: readableFrom < model.version ? `, ('readable_from', ${readableFrom})` : "",
  };
}
