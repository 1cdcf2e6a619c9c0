import { asc, defineSchema, entity, get, optional, store } from "@gati-framework/storage-codegen";

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
        getNothing: get({}),
        getJob: get({ id: "id" }),
        getByTime: get({ queue: "queue", id: "id", time: "createdAt" }),
        getLatest: get({ queue: "queue", time: optional("createdAt") }, { pick: "last" }),
      },
    }),
  },
});
