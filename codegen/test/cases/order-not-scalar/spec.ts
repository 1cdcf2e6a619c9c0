import { asc, defineSchema, desc, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  tags: string[];
  parent: string | null;
  late?: number;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("tags"), desc("parent"), asc("late")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "id" }),
      },
    }),
  },
});
