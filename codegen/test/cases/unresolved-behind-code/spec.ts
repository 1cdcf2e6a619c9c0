import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

async function schema() {
  return defineSchema({
    name: "jobs",
    contract: "JobStore",
    stats: "JobStats",
    entities: {
      job: entity<Job>({ key: ["id"], count: "jobCount", methods: { storeJob: store(), getJob: get({ id: "id" }) } }),
    },
  });
}

export default await schema();
