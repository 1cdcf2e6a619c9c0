import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { absent } from "../backends/absent.js";
import { postgresServer } from "../backends/postgres.js";
import { machineUrl } from "../postgres/server/servers.js";

if ((await machineUrl()) === undefined) {
  it.skip(absent("postgres-server"));
} else {
  registerConformance({ describe, it }, postgresServer);
}
