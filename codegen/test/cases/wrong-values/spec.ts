import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export default defineSchema({
  name: 7,
  version: 1.5,
  contract: null,
  stats: ["JobStats"],
  facade: true,
  module: {},
  packages: "@jobs",
  entities: {
    job: entity<Job>({
      doc: 5,
      table: 5,
      key: [5],
      order: ["id", asc(5 as never)],
      count: 5,
      methods: {
        storeJob: store({ param: 5 } as never),
        getJob: get({ id: 5 } as never, { pick: "first", miss: 0 } as never),
        listJobs: { kind: "query" },
        listMore: list,
        nothing: null,
      },
    } as never),
    plain: "entity",
    order: entity<Job>({
      key: "id",
      order: "id",
      count: "orderCount",
      methods: { storeOrder: store(), getOrder: get({ id: "id" }) },
    } as never),
  },
} as never);
