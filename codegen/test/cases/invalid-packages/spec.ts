import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "jobs",
  version: 0,
  packages: { scope: "Jobs", version: "latest", license: "<MIT>" },
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
  },
});
