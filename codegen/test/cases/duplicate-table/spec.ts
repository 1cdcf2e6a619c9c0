import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

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
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    task: entity<Task>({
      key: ["id"],
      table: "job",
      count: "taskCount",
      methods: { storeTask: store(), getTask: get({ id: "id" }) },
    }),
    JOB: entity<Job>({
      key: ["id"],
      count: "JOBCount",
      methods: { storeJOB: store(), getJOB: get({ id: "id" }) },
    }),
    taskList: entity<Task>({
      key: ["id"],
      table: "task_list_by_id",
      count: "taskListCount",
      methods: { storeTaskList: store(), listTaskList: list({ id: "id" }) },
    }),
    rest: entity<Task>({
      key: ["id"],
      table: "task_list_by_id_by_id",
      count: "restCount",
      methods: { storeRest: store(), getRest: get({ id: "id" }) },
    }),
  },
});
