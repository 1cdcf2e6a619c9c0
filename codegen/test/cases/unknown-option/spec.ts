import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  createdAt: number;
}

export default defineSchema({
  name: "jobs",
  fasade: "Jobs",
  packages: { scope: "@jobs", version: "1.0.0", licence: "MIT" },
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      ordr: [],
      count: "jobCount",
      methods: {
        storeJob: store({ parm: "document" } as never),
        getJob: get({ id: "id" }, { picks: "last" } as never),
        listJobs: list({}, { limit: 5 } as never),
      },
    }),
  },
});
