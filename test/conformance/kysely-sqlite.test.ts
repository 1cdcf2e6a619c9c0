import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { kyselySqlite } from "../backends/kysely.js";

registerConformance({ describe, it }, kyselySqlite);
