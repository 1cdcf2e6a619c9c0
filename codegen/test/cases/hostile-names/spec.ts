import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "jobs'; DROP TABLE x; --",
  contract: "Store { } export const x = 1; //",
  stats: "Stats\nexport",
  facade: "{{facade}}",
  module: "storage\u0000",
  packages: { scope: "@a/../b", version: "1.0.0\"", license: "MIT\", \"bin\": \"x" },
  entities: {
    "job\"; DROP": entity<Job>({
      doc: "Ends here */ evil(); /*",
      table: "job\"; DROP TABLE x; --",
      key: ["id"],
      count: "{{count}}",
      methods: {
        "store`${x}`": store({ param: "a, b" }),
        "get\nJob": get({ "id: string): void; (x": "id" }),
      },
    }),
    task: entity<Task>({
      key: ["id"],
      table: "*/",
      count: "taskCount",
      methods: { storeTask: store(), getTask: get({ id: "id" }) },
    }),
  },
});
