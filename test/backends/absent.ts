import { ABSENT } from "../mysql/server/server.js";

const REASONS = {
  mysql: ABSENT,
  "postgres-server":
    "no PostgreSQL server answers here, beside the one of the tests: start one, or name it with STORAGE_TEST_POSTGRES_URL",
} as const;

/**
 * Why a server of the machine's own is not tested: what stands in the place of its tests, and at the end of a run (see
 * test/reporting/summary.ts). In CI that is a failure, unless `STORAGE_TEST_WITHOUT=mysql,postgres-server` names it: nothing is
 * left out by accident.
 */
export function absent(server: keyof typeof REASONS): string {
  const reason = REASONS[server];
  const without = (process.env["STORAGE_TEST_WITHOUT"] ?? "").split(",").map((name) => name.trim());
  if (process.env["CI"] === "true" && !without.includes(server)) throw new Error(reason);
  console.warn(`NOT PROVED: ${server}: ${reason}`);
  return reason;
}
