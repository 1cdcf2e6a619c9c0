import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import type { Job as Task } from "./other.js";
import type { Map } from "./other.js";

export interface Job {
  id: string;
}

export interface JobRow {
  id: string;
}

export interface StorageModule {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "Job",
  stats: "Job",
  facade: "StorageBackend",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    row: entity<JobRow>({
      key: ["id"],
      count: "rowCount",
      methods: { storeRow: store(), getRow: get({ id: "id" }) },
    }),
    module_: entity<StorageModule>({
      key: ["id"],
      count: "module_Count",
      methods: { storeModule_: store(), getModule_: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      count: "taskCount",
      methods: { storeTask: store(), getTask: get({ id: "id" }) },
    }),
    map: entity<Map>({
      key: ["id"],
      count: "mapCount",
      methods: { storeMap: store(), getMap: get({ id: "id" }) },
    }),
    same: entity<Task>({
      key: ["id"],
      count: "sameCount",
      methods: { storeSame: store(), getSame: get({ id: "id" }) },
    }),
  },
});
