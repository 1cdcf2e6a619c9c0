import { entity, get, store } from "@gati-framework/storage-codegen";

type Task = { id: string };

export const task = entity<Task>({
  key: ["id"],
  count: "taskCount",
  methods: { storeTask: store(), getTask: get({ id: "id" }) },
});
