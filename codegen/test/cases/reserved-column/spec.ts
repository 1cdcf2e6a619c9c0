import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  seq: number;
  data: string;
  toString: string;
  "content-type": string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["data"],
      order: [asc("seq")],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "data" }),
        listByType: list({ type: "content-type" }),
        listByText: list({ text: "toString" as never }),
      },
    }),
  },
});
