import { it } from "vitest";

import { absent } from "../../backends/absent.js";
import { machineUrl } from "../../postgres/server/servers.js";
import { registerForeign } from "./register.js";

if ((await machineUrl()) === undefined) {
  it.skip(absent("postgres-server"));
} else {
  await registerForeign("postgres-server");
}
