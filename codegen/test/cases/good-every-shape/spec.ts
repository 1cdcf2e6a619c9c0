import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Everything {
  id: string;
  any: any;
  unknown: unknown;
  nothing: null;
  undefined: undefined;
  both: string | undefined;
  optional?: string | null;
  big: bigint;
  date: Date;
  map: Map<string, number>;
  set: ReadonlySet<string>;
  bytes: Uint8Array;
  list: readonly string[];
  tuple: readonly [string, number?, ...boolean[]];
  rest: [...number[]];
  record: Record<string, number>;
  indexed: { [key: number]: string };
  named: Record<"a" | "b", number>;
  mixed: { known: string; [key: string]: unknown };
  object: object;
  empty: {};
  "odd name": string;
  __proto: string;
  __proto__: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    everything: entity<Everything>({
      key: ["id"],
      count: "everythingCount",
      methods: { storeEverything: store(), getEverything: get({ id: "id" }) },
    }),
  },
});
