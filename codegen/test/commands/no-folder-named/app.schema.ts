import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

// What is done later.
export interface Job {
  id: string;
}

// The one schema of this project.
export default defineSchema({
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
