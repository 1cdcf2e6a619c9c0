import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export enum Level {
  Low = 1,
  High = 2,
}

export enum Color {
  Red = "red",
  Blue = "blue",
}

export type JobId = string & { readonly brand: "job" };

export interface Job {
  id: JobId;
  level: Level;
  color: Color;
  state: "new" | "done";
  code: 1 | 2 | 3;
  template: `v${number}`;
  flag: boolean;
  always: true;
  maybe: boolean | null;
  value: { kind: "text"; text: string } | { kind: "number"; number: number } | undefined;
}

export type Event = { id: string; type: "a"; a: number } | { id: string; type: "b"; b?: string };

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id", "level", "color", "state", "code", "template", "flag", "always"],
      count: "jobCount",
      methods: {
        storeJob: store(),
        listByState: list({ state: "state" }),
        listByFlag: list({ flag: "flag" }),
      },
    }),
    event: entity<Event>({
      key: ["id"],
      count: "eventCount",
      methods: { storeEvent: store(), getEvent: get({ id: "id" }), listEvents: list({ type: "type" }) },
    }),
  },
});
