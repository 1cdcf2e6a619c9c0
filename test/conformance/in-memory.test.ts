import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { inMemory } from "../backends/in-memory.js";

registerConformance({ describe, it }, inMemory);
