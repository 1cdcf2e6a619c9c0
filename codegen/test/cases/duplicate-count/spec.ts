import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "count",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      count: "count",
      methods: { storeTask: store(), getTask: get({ id: "id" }) },
    }),
  },
});
