import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "Jobs",
  contract: "job-store",
  stats: "jobStats",
  facade: "",
  module: "../storage",
  entities: {
    "job-kind": entity<Job>({
      table: "Job Kind",
      key: ["id"],
      count: "job count",
      methods: { "store job": store({ param: "the job" }), getJob: get({ "1": "id" }) },
    }),
    größe: entity<Task>({
      key: ["id"],
      count: "größeCount",
      methods: { storeBig: store(), getBig: get({ id: "id" }) },
    }),
  },
});
