import { entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  other: true;
}

export const task = entity<Job>({
  key: ["id"],
  count: "taskCount",
  methods: { storeTask: store(), getTask: get({ id: "id" }) },
});
