import { defineSchema, desc, entity, get, list, store } from "@gati-framework/storage-codegen";

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
      order: [desc("created")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "ID" }),
        listJobs: list({
          queue: "qeue",
          weather: "precipitation",
        }),
      },
    }),
  },
});
