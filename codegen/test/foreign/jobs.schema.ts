import { asc, defineSchema, desc, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

import type { Job, Lease } from "./job.js";

/** A job queue's journal: nothing of Gati, keys of every kind, two orders, and no packages. */
export default defineSchema({
  name: "jobs",
  contract: "Journal",
  stats: "JournalStats",
  module: "journal",
  entities: {
    /** Jobs, by queue, state and number. */
    job: entity<Job<{ command: string; args: unknown[] }>>({
      key: ["queue", "done", "number"],
      order: [desc("priority"), asc("runAt")],
      count: "jobs",
      methods: {
        put: store(),
        find: get({ queue: "queue", done: "done", number: optional("number") }, { pick: "last" }),
        ofQueue: list({ queue: "queue" }),
        labelled: list({ label: "label", done: "done" }),
        everything: list(),
      },
    }),
    /** Leases, by name and kind. */
    lease: entity<Lease>({
      key: ["name", "exclusive"],
      count: "leases",
      methods: {
        take: store(),
        holder: get({ exclusive: "exclusive", name: "name" }, { miss: null }),
      },
    }),
  },
});
