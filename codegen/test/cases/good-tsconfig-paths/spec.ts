import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import { name } from "@/names";
import type { Job } from "./src/job";

const unused = 1;

export default defineSchema({
  name,
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({ key: ["id"], count: "jobCount", methods: { storeJob: store(), getJob: get({ id: "id" }) } }),
  },
});
