import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  missing?: string;
  undefined: number | undefined;
  nothing: boolean | null;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["missing", "undefined", "nothing"],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ missing: "missing", number: "undefined", nothing: "nothing" }),
      },
    }),
  },
});
