import { defineSchema, entity, list, store } from "@gati-framework/storage-codegen";
import type { Entity } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

function kind<T>(name: string, field: string): Entity<T> {
  return entity<T>({
    key: [field],
    count: `${name}Count`,
    methods: { [`store${name}`]: store(), [`list${name}`]: list() },
  } as never);
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: kind<Job>("Job", "idd"),
    inferred: kind("Inferred", "id"),
  },
});
