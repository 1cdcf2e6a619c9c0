import { defineConfig } from "vitest/config";

import LongestFirst from "./test/reporting/longest-first.js";

/** Tests import our packages by name, from what `tsc -b` built: what is tested is what ships. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "codegen/test/**/*.test.ts"],
    pool: "forks",
    // Otherwise one less than there are cores, and most tests wait for a server, a disk or a process.
    maxWorkers: "100%",
    globalSetup: ["test/postgres/server/global-setup.ts", "test/foreign/global-setup.ts"],
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 120_000,
    retry: 0,
    reporters: ["default", "./test/reporting/summary.ts"],
  },
});
