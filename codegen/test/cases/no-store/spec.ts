import { defineSchema, entity, get } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { getJob: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      count: "taskCount",
      methods: {},
    }),
    bare: entity<Task>({
      key: ["id"],
      count: "bareCount",
    }),
  },
});
