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
      key: ["id"],
      order: [asc("createdAt")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: optional("id") }, { pick: "last" }),
        listJobs: list(),
      },
    }),
  },
});
