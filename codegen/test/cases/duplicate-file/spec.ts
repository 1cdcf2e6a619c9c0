import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    HTTPJob: entity<Job>({
      key: ["id"],
      count: "httpJobCount",
      methods: { storeHttpJob: store(), getHttpJob: get({ id: "id" }) },
    }),
    httpjob: entity<Job>({
      key: ["id"],
      count: "httpjobCount",
      methods: { storeHttpjob: store(), getHttpjob: get({ id: "id" }) },
    }),
    httpJob: entity<Job>({
      key: ["id"],
      table: "other_jobs",
      count: "otherCount",
      methods: { storeOther: store(), getOther: get({ id: "id" }) },
    }),
  },
});
