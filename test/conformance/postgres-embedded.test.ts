import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { postgresEmbedded } from "../backends/postgres.js";

registerConformance({ describe, it }, postgresEmbedded);
