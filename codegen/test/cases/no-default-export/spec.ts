import { defineSchema } from "@gati-framework/storage-codegen";

export const schema = defineSchema({ name: "jobs", contract: "JobStore", stats: "JobStats", entities: {} });
