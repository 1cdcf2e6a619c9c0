import {
  asc,
  count,
  defineSchema,
  desc,
  entity,
  from,
  get,
  list,
  optional,
  remove,
  store,
  to,
} from "@gati-framework/storage-codegen";

import type { Event, Job, Lease } from "./job.js";

/** A job queue's journal: keys of numbers and booleans, orders by what may be absent, and removals of whole queues. */
export default defineSchema({
  name: "jobs",
  contract: "Journal",
  stats: "JournalStats",
  module: "journal",
  facade: "Jobs",
  entities: {
    /** Jobs, by queue and number. */
    job: entity<Job>({
      key: ["queue", "number"],
      order: [asc("runAt"), desc("priority")],
      unique: [["idempotencyKey"]],
      count: "jobs",
      methods: {
        /** Puts a job into its queue, or changes it. */
        submit: store(),
        /** Reads a job, or the one of a queue that runs last of all. */
        findJob: get({ queue: "queue", number: optional("number") }, { pick: "last" }),
        findByIdempotencyKey: get({ key: "idempotencyKey" }, { miss: null }),
        /** Reads the jobs that are due, soonest first. */
        due: list({ queue: "queue", state: "state", before: to("runAt") }, { limit: true }),
        jobs: list(
          {
            queue: "queue",
            state: optional("state"),
            worker: optional("worker"),
            from: from("runAt"),
            to: to("runAt"),
          },
          { pages: true },
        ),
        latestJobs: list({ queue: "queue" }, { direction: "desc", pages: true }),
        countJobs: count({ queue: "queue", state: optional("state"), from: from("runAt"), to: to("runAt") }),
        countAll: count(),
        forget: remove({ queue: "queue", number: "number" }),
        forgetQueue: remove({ queue: "queue" }),
      },
    }),
    /** What happened to jobs, in the order in which it did. */
    event: entity<Event>({
      key: ["queue", "number", "sequence"],
      order: [desc("at")],
      count: "events",
      methods: {
        record: store(),
        eventsOf: list({ queue: "queue", number: "number" }),
        page: list({ kind: optional("kind"), since: from("at") }, { pages: true }),
        oldest: list({ kind: optional("kind"), until: to("at") }, { direction: "desc", limit: true }),
        forgetEvents: remove({ queue: "queue", number: "number" }),
      },
    }),
    /** Leases, by queue and kind; never removed, only taken over. */
    lease: entity<Lease>({
      key: ["queue", "exclusive"],
      order: [asc("shared"), desc("holder")],
      unique: [["holder", "queue"]],
      count: "leases",
      methods: {
        take: store({ param: "lease" }),
        holder: get({ exclusive: "exclusive", queue: "queue" }, { miss: null }),
        heldBy: get({ holder: "holder", queue: "queue" }),
        leases: list({ shared: optional("shared") }, { pages: true }),
        countHeld: count({ holder: "holder" }),
      },
    }),
  },
});
