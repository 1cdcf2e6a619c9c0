import { defineSchema } from "@gati-framework/storage-codegen";

export default defineSchema({
  name: "jobs"
  contract: "JobStore",
  stats: ,
});
