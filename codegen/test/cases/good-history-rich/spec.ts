import { asc, count, defineSchema, entity, from, get, list, remove, store } from "@gati-framework/storage-codegen";

export interface Job {
  queue: string;
  number: number;
  urgent: boolean;
  slug?: string;
  runAt?: number;
}

/** A key part more, one more unique index, and removal of all with a part of the key. */
export default defineSchema({
  name: "jobs",
  version: 2,
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["queue", "number", "urgent"],
      order: [asc("runAt")],
      unique: [["slug"], ["number", "urgent"]],
      count: "jobs",
      methods: {
        storeJob: store(),
        getJob: get({ queue: "queue", number: "number", urgent: "urgent" }),
        jobCalled: get({ slug: "slug" }),
        dueJobs: list({ queue: "queue", since: from("runAt") }, { pages: true }),
        countJobs: count({ queue: "queue" }),
        removeJobs: remove({ queue: "queue" }),
      },
    }),
  },
});
