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
    constructor: entity<Job>({
      key: ["id"],
      count: "toString",
      methods: {
        storeJob: store(),
        clear: list(),
        getStats: list(),
        refreshStats: list(),
        then: list(),
        hasOwnProperty: get({ valueOf: "id" }),
        shutdown: list(),
        count: list(),
      },
    }),
  },
});
