import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  jobId: string;
  job_id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["jobId"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "jobId" }), listJobs: list({ id: "job_id" }) },
    }),
  },
});
