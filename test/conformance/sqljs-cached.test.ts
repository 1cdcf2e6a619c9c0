import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { sqljsCached } from "../backends/sqljs.js";

registerConformance({ describe, it }, sqljsCached);
