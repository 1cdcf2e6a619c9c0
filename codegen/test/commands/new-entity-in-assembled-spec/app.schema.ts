import { defineSchema, entity, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

const kinds = (): { job: ReturnType<typeof entity<Job>> } => ({
  job: entity<Job>({ key: ["id"], count: "jobs", methods: { storeJob: store() } }),
});

export default defineSchema({ name: "jobs", contract: "Jobs", stats: "JobStats", entities: kinds() });
