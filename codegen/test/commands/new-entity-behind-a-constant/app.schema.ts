import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

/** Every kind. */
const entities = {
  job: entity<Job>({ key: ["id"], count: "jobs", methods: { storeJob: store() } })
} as const;

const schema = defineSchema({ name: "jobs", contract: "Jobs", stats: "JobStats", entities });

export { schema as default };
