import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { sqljs } from "../backends/sqljs.js";

registerConformance({ describe, it }, sqljs);
