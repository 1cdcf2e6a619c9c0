import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import type { Entity } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

function kind<T extends { id: string }>(name: string): Entity<T> {
  return entity<{ id: string }>({
    key: ["id"],
    count: `${name}Count`,
    methods: { [`store${name}`]: store(), [`get${name}`]: get({ id: "id" }) },
  }) as unknown as Entity<T>;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: kind<Job>("Job"),
  },
});
