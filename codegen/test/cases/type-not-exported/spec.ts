import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import { task } from "./other.js";

interface Job {
  id: string;
}

interface Payload {
  size: number;
}

export interface Box<T> {
  id: string;
  value: T;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    box: entity<Box<Payload>>({
      key: ["id"],
      count: "boxCount",
      methods: { storeBox: store(), getBox: get({ id: "id" }) },
    }),
    task,
  },
});
