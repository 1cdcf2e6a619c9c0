import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

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
      count: "jobCount",
      methods: { storeJob: store(), read: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      count: "taskCount",
      methods: {
        storeTask: store(),
        read: get({ id: "id" }),
        getTask: get({ id: "id" }),
        putJob: list(),
      },
    }),
  },
});
