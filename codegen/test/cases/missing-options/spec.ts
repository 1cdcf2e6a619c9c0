import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export default defineSchema({
  packages: {},
  entities: {
    job: entity<Job>({
      key: ["id"],
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
  },
} as never);
