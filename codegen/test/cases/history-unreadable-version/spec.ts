import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  createdAt: number;
  owner?: string;
}

export interface Note {
  id: string;
  text: string;
}

export default defineSchema({
  name: "jobs",
  version: 2,
  readableFrom: 1,
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("createdAt")],
      count: "jobs",
      methods: { storeJob: store(), getJob: get({ id: "id" }), jobsOf: list({ queue: "queue", owner: "owner" }) },
    }),
    note: entity<Note>({
      key: ["id"],
      count: "notes",
      methods: { storeNote: store(), getNote: get({ id: "id" }) },
    }),
  },
});
