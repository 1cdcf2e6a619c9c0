import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { sqljsFileAutosave } from "../backends/sqljs.js";

registerConformance({ describe, it }, sqljsFileAutosave);
