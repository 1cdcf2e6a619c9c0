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
  packages: { scope: "Jobs", version: "latest", license: "<MIT>", peerDependencies: { "../evil": "^1.0.0", fine: "^0.28 || ^0.29", odd: "file:x\"" } },
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
