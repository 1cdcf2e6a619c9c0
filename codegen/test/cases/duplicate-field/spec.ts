import { asc, defineSchema, desc, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  createdAt: number;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id", "queue", "id"],
      order: [asc("createdAt"), desc("createdAt")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "id", queue: "queue", again: "id" }),
        listJobs: list({ queue: "queue", lane: "queue" }),
      },
    }),
  },
});
