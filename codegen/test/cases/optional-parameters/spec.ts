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
        withoutPick: get({ queue: "queue", id: optional("id") }),
        withoutOptional: get({ queue: "queue", id: "id" }, { pick: "last" }),
        notLast: get({ queue: optional("queue"), id: "id" }, { pick: "last" }),
        twice: get({ queue: optional("queue"), id: optional("id") }, { pick: "last" }),
        inList: list({ queue: optional("queue") }),
      },
    }),
    unordered: entity<Job>({
      key: ["queue", "id"],
      count: "unorderedCount",
      methods: {
        storeUnordered: store(),
        withoutOrder: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
      },
    }),
  },
});
