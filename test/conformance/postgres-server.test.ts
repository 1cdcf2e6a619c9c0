import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { postgresServer } from "../backends/postgres.js";
import { machineUrl } from "../postgres/server/servers.js";

if ((await machineUrl()) === undefined) {
  it.skip("no PostgreSQL server answers here: start one, or name it with STORAGE_TEST_POSTGRES_URL");
} else {
  registerConformance({ describe, it }, postgresServer);
}
