/** `pnpm test:faults`: the fault tests in their long form, each number as the environment has it or as below. */
import { spawnSync } from "node:child_process";

const LONG_FORM = {
  STORAGE_TEST_KILLS: "200",
  STORAGE_TEST_COLD_ROUNDS: "40",
  STORAGE_TEST_TERMINATIONS: "400",
  STORAGE_TEST_RESTARTS: "6",
};
const FOLDERS = [
  "test/better-sqlite3",
  "test/sqljs",
  "test/servers",
  "test/postgres",
  "test/mysql",
  "test/migrations/faults.test.ts",
];

const { status } = spawnSync("vitest", ["run", ...FOLDERS, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...LONG_FORM, ...process.env },
  shell: process.platform === "win32",
});
process.exitCode = status ?? 1;
