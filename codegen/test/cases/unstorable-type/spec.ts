import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  onLoad: () => void;
  onError?: (error: Error) => void;
  nested: { deep: { callbacks: (() => void)[] } };
  pattern: RegExp;
  listeners: Map<string, () => void>;
  later: Promise<string>;
  method(): string;
  kind: symbol;
  readonly [Symbol.iterator]: string;
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
  },
});
