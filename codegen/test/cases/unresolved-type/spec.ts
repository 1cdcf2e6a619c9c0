import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import type { Task as Work, Tusk } from "./types.js";
import type * as types from "./types.js";
import type { Absent, Missing } from "./absent.js";
import type { Foreign } from "not-installed";

type Anything = any;

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    work: entity<Work>({
      key: ["id"],
      count: "workCount",
      methods: { storeWork: store(), getWork: get({ id: "id" }) },
    }),
    tusk: entity<Tusk>({
      key: ["id"],
      count: "tuskCount",
      methods: { storeTusk: store(), getTusk: get({ id: "id" }) },
    }),
    misspelt: entity<types.Tsk>({
      key: ["id"],
      count: "misspeltCount",
      methods: { storeMisspelt: store(), getMisspelt: get({ id: "id" }) },
    }),
    absent: entity<Absent>({
      key: ["id"],
      count: "absentCount",
      methods: { storeAbsent: store(), getAbsent: get({ id: "id" }) },
    }),
    missing: entity<Missing>({
      key: ["id"],
      count: "missingCount",
      methods: { storeMissing: store(), getMissing: get({ id: "id" }) },
    }),
    foreign: entity<Foreign>({
      key: ["id"],
      count: "foreignCount",
      methods: { storeForeign: store(), getForeign: get({ id: "id" }) },
    }),
    undeclared: entity<Undeclared>({
      key: ["id"],
      count: "undeclaredCount",
      methods: { storeUndeclared: store(), getUndeclared: get({ id: "id" }) },
    }),
    unnamed: entity({
      key: ["id"],
      count: "unnamedCount",
      methods: { storeUnnamed: store(), getUnnamed: get({ id: "id" }) },
    }),
    any: entity<any>({
      key: ["id"],
      count: "anyCount",
      methods: { storeAny: store(), getAny: get({ id: "id" }) },
    }),
    number: entity<number>({
      key: ["id"],
      count: "numberCount",
      methods: { storeNumber: store(), getNumber: get({ id: "id" }) },
    }),
  },
});
