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
    class: entity<Job>({
      key: ["id"],
      count: "delete",
      methods: {
        new: store({ param: "function" }),
        await: get({ this: "id" }),
        getJob: get({ arguments: "id" }),
      },
    }),
  },
});
