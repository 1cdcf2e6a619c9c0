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
      methods: {
        storeJob: store(),
        getJob: get({ id: "id" }),
        __proto__: list(),
      } as never,
    }),
    ["__proto__"]: entity<Task>({
      key: ["id"],
      count: "taskCount",
      methods: { storeTask: store(), ["__proto__"]: get({ id: "id" }) },
    }),
  },
});
