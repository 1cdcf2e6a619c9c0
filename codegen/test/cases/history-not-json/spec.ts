import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  createdAt: number;
}

export interface Note {
  id: string;
  text: string;
}

export default defineSchema({
  name: "jobs",
  version: 2,
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("createdAt")],
      count: "jobs",
      methods: { storeJob: store(), getJob: get({ id: "id" }), jobsOf: list({ queue: "queue" }) },
    }),
    note: entity<Note>({
      key: ["id"],
      count: "notes",
      methods: { storeNote: store(), getNote: get({ id: "id" }) },
    }),
  },
});
