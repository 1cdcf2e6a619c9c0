import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { sqljsFile } from "../backends/sqljs.js";

registerConformance({ describe, it }, sqljsFile);
