import { defineSchema } from "@gati-framework/storage-codegen";
import { jobs, more } from "./entities.js";
import { name as schemaName } from "./names.js";

const spec = defineSchema({
  name: schemaName,
  contract: "JobStore",
  stats: "JobStats",
  entities: { job: jobs, ...more },
} as const);

export default spec;
