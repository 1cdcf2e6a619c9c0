import { asc, defineSchema, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

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
      key: ["queue", "id"],
      order: [asc("createdAt")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
        getJobLast: list(),
      },
    }),
  },
});
