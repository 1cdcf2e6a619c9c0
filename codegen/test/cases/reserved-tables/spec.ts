import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "sqlite",
  contract: "Promise",
  stats: "JobStats",
  entities: {
    meta: entity<Job>({
      key: ["id"],
      count: "metaCount",
      methods: { storeMeta: store(), getMeta: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      table: "migrations",
      count: "taskCount",
      methods: { storeTask: store(), getTask: get({ id: "id" }) },
    }),
  },
});
