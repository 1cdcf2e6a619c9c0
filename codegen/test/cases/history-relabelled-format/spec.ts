import { asc, count, defineSchema, entity, from, get, list, remove, store } from "@gati-framework/storage-codegen";

export interface Job {
  queue: string;
  number: number;
  urgent: boolean;
  slug?: string;
  runAt?: number;
}

export default defineSchema({
  name: "jobs",
  version: 1,
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["queue", "number"],
      order: [asc("runAt")],
      unique: [["slug"]],
      count: "jobs",
      methods: {
        storeJob: store(),
        getJob: get({ queue: "queue", number: "number" }),
        jobCalled: get({ slug: "slug" }),
        dueJobs: list({ queue: "queue", since: from("runAt") }, { pages: true }),
        countJobs: count({ queue: "queue" }),
        removeJob: remove({ queue: "queue", number: "number" }),
      },
    }),
  },
});
