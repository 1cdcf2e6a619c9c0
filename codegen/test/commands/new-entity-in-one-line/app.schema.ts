import { defineSchema, entity, store } from "@gati-framework/storage-codegen";
export interface Job { id: string }
export default defineSchema({ name: "jobs", contract: "Jobs", stats: "JobStats", entities: { job: entity<Job>({ key: ["id"], count: "jobs", methods: { storeJob: store() } }) } });
