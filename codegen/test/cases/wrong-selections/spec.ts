import { asc, count, defineSchema, entity, from, get, list, optional, store, to } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  state: string;
  worker: string;
  host: string;
  zone: string;
  urgent: boolean;
  createdAt: number;
  runAt: number;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("createdAt"), asc("runAt")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getFrom: get({ id: "id", since: from("createdAt") } as never),
        byLimit: list({ limit: optional("state") }, { limit: true }),
        byOptions: list({ options: "state" }),
        byMany: list({
          state: optional("state"),
          worker: optional("worker"),
          host: optional("host"),
          zone: optional("zone"),
        }),
        urgentFrom: list({ urgent: from("urgent" as never) }),
        runFrom: list({ since: from("runAt") }),
        nearly: list({ since: from("createdAd" as never) }),
        sideways: list({}, { direction: "sideways" as never }),
        limited: list({}, { limit: 10 as never }),
        paged: list({}, { pages: "yes" as never }),
        countTo: count({ until: to("runAt") }),
        unknown: list({}, { page: true } as never),
        faraway: count({}, { anythingElse: 1 } as never),
      },
    }),
    unordered: entity<Job>({
      key: ["queue", "id"],
      count: "unorderedCount",
      methods: {
        storeUnordered: store(),
        range: list({ queue: "queue", since: from("createdAt") }),
      },
    }),
  },
});
