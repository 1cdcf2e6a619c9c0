import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Odd {
  object: { id: string };
  array: string[];
  // oxlint-disable-next-line typescript/no-explicit-any
  any: any;
  unknown: unknown;
  mixed: string | number;
  date: Date;
  big: bigint;
  fine: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    oddObject: entity<Odd>({
      key: ["fine", "object"],
      count: "objectCount",
      methods: { storeObject: store(), getObject: get({ fine: "fine", other: "object" }) },
    }),
    oddArray: entity<Odd>({
      key: ["fine", "array"],
      count: "arrayCount",
      methods: { storeArray: store(), getArray: get({ fine: "fine", other: "array" }) },
    }),
    oddAny: entity<Odd>({
      key: ["fine", "any"],
      count: "anyCount",
      methods: { storeAny: store(), getAny: get({ fine: "fine", other: "any" }) },
    }),
    oddUnknown: entity<Odd>({
      key: ["fine", "unknown"],
      count: "unknownCount",
      methods: { storeUnknown: store(), getUnknown: get({ fine: "fine", other: "unknown" }) },
    }),
    oddMixed: entity<Odd>({
      key: ["fine", "mixed"],
      count: "mixedCount",
      methods: { storeMixed: store(), getMixed: get({ fine: "fine", other: "mixed" }) },
    }),
    oddDate: entity<Odd>({
      key: ["fine", "date"],
      count: "dateCount",
      methods: { storeDate: store(), getDate: get({ fine: "fine", other: "date" }) },
    }),
    oddBig: entity<Odd>({
      key: ["fine", "big"],
      count: "bigCount",
      methods: { storeBig: store(), getBig: get({ fine: "fine", other: "big" }) },
    }),
  },
});
