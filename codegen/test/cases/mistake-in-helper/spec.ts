import { defineSchema } from "@gati-framework/storage-codegen";
import { entities } from "./entities.js";

export default defineSchema({ name: "jobs", contract: "JobStore", stats: "JobStats", entities });
