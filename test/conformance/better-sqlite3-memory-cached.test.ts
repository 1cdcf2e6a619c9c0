import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { betterSqliteMemoryCached } from "../backends/better-sqlite3.js";

registerConformance({ describe, it }, betterSqliteMemoryCached);
