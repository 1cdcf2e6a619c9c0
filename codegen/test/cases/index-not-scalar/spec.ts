import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  owner: { name: string };
  parent: string | null;
  late?: boolean;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "id" }),
        listByOwner: list({ owner: "owner" }),
        listByParent: list({ parent: "parent" }),
        listByLate: list({ late: "late" }),
      },
    }),
  },
});
