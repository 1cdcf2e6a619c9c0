import { defineSchema, entity, optional, remove, store, to } from "@gati-framework/storage-codegen";

export interface Job {
  queue: string;
  number: number;
  state: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["queue", "number"],
      count: "jobCount",
      methods: {
        storeJob: store(),
        forgetAll: remove({}),
        forgetNumber: remove({ number: "number" }),
        forgetState: remove({ queue: "queue", state: "state" }),
        forgetSome: remove({ queue: "queue", number: optional("number") } as never),
        forgetOld: remove({ queue: "queue", before: to("number") } as never),
        forgetQueu: remove({ queue: "queu" as never }),
        forgetTwice: remove({ queue: "queue", again: "queue" }),
      },
    }),
  },
});
