import { desc as down, entity as kind, get as read, list, store } from "@gati-framework/storage-codegen";
import type { Job } from "./types/job.js";

const key = ["id"] as const;

/** Jobs, documented where they are declared. */
export const jobs = kind<Job>({
  key,
  order: [down("createdAt")],
  count: "jobCount",
  methods: {
    storeJob: store(),
    getJob: read({ id: key[0] }),
    listJobs: list(),
  },
});

export const more = {
  /** Tasks are jobs too. */
  task: kind<Job>({
    key,
    table: "tasks",
    count: "taskCount",
    methods: { storeTask: store(), getTask: read({ id: "id" }) },
  }),
};
