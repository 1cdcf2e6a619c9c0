import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import { task } from "./other.js";

export interface Job {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    task,
  },
});
