import { defineSchema } from "@gati-framework/storage-codegen";

export default defineSchema({
  name: "empty",
  contract: "EmptyStore",
  stats: "EmptyStats",
  entities: {},
});
