import { defineConfig } from "vitest/config";

/** Tests import our packages by name, from what `tsc -b` built: what is tested is what ships. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "codegen/test/**/*.test.ts"],
    pool: "forks",
    globalSetup: ["test/postgres/server/global-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    retry: 0,
    reporters: ["default", "./test/reporting/summary.ts"],
  },
});
