import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { betterSqliteMemory } from "../backends/better-sqlite3.js";

registerConformance({ describe, it }, betterSqliteMemory);
