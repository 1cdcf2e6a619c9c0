import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { postgresCached } from "../backends/postgres.js";

registerConformance({ describe, it }, postgresCached);
