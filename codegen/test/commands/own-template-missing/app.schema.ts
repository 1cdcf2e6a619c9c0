import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

// What is done later.
export interface Job {
  id: string;
}

// The one schema of this project.
export default defineSchema({
  packages: { scope: "@mine", version: "0.1.0" },
  name: "jobs",
  contract: "Jobs",
  stats: "JobStats",
  entities: {
    /** Jobs, by id. */
    job: entity<Job>({
      key: ["id"],
      count: "jobs",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }), // and no others, for now
  },
});
