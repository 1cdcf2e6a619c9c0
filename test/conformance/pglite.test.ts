import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { pglite } from "../backends/kysely.js";

registerConformance({ describe, it }, pglite);
