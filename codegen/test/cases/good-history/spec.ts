import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Task {
  id: string;
  lane: string;
  createdAt: number;
}

export interface Memo {
  id: string;
  text: string;
}

/** A renamed entity with a renamed field and a new key, a removed one and a new one. */
export default defineSchema({
  name: "jobs",
  version: 3,
  removedEntities: ["note"],
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    task: entity<Task>({
      renamedFrom: "job",
      renamedFields: { lane: "queue" },
      onDuplicateKey: "keep-first",
      key: ["lane", "createdAt"],
      order: [asc("createdAt")],
      count: "jobs",
      methods: {
        storeTask: store(),
        getTask: get({ lane: "lane", createdAt: "createdAt" }),
        tasksOf: list({ lane: "lane" }),
      },
    }),
    memo: entity<Memo>({
      key: ["id"],
      count: "memos",
      methods: { storeMemo: store(), getMemo: get({ id: "id" }) },
    }),
  },
});
