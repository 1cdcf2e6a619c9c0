import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Tree {
  id: string;
  left?: Tree;
  right: Tree | null;
  parent?: Branch;
  data: Json;
}

export interface Branch {
  trees: Tree[];
  label?: string;
}

export interface Growing<T> {
  id: string;
  left?: Growing<T[]>;
  right?: Growing<T[]>;
  value: T;
}

export interface Twin {
  id: string;
  inner: { self?: Twin; again: { loop?: Twin["inner"] } };
}

export default defineSchema({
  name: "trees",
  contract: "TreeStore",
  stats: "TreeStats",
  entities: {
    tree: entity<Tree>({
      key: ["id"],
      count: "treeCount",
      methods: { storeTree: store(), getTree: get({ id: "id" }) },
    }),
    copse: entity<Tree>({
      key: ["id"],
      count: "copseCount",
      methods: { storeCopse: store(), getCopse: get({ id: "id" }) },
    }),
    twin: entity<Twin>({
      key: ["id"],
      count: "twinCount",
      methods: { storeTwin: store(), getTwin: get({ id: "id" }) },
    }),
    growing: entity<Growing<string>>({
      key: ["id"],
      count: "growingCount",
      methods: { storeGrowing: store(), getGrowing: get({ id: "id" }) },
    }),
  },
});
