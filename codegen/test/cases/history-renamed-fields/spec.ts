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
      renamedFields: { queue: "lane", id: "lane", createdAt: "createdAt" },
      key: ["id"],
      order: [asc("createdAt")],
      count: "jobs",
      methods: { storeJob: store(), getJob: get({ id: "id" }), jobsOf: list({ queue: "queue" }) },
    }),
    note: entity<Note>({
      renamedFields: { text: "id", txet: "old" } as never,
      key: ["id"],
      count: "notes",
      methods: { storeNote: store(), getNote: get({ id: "id" }) },
    }),
    memo: entity<Note>({
      renamedFields: ["text"] as never,
      key: ["id"],
      count: "memos",
      methods: { storeMemo: store(), getMemo: get({ id: "id" }) },
    }),
  },
});
