import { asc, defineSchema, desc, entity, get, list, optional, store } from "@gati-framework/storage-codegen";
import type { Nowhere } from "./nowhere.js";

export interface Manifest {
  handlerId: string;
  version: string;
  tags: string[];
  owner?: string;
  createdAt: number;
  onLoad(): void;
}

interface Hidden {
  id: string;
}

export default defineSchema({
  name: "Many",
  version: -1,
  contract: "Store",
  stats: "Store",
  packages: { scope: "scope", version: "1.0" },
  entities: {
    manifest: entity<Manifest>({
      key: ["handlerID", "owner"],
      order: [asc("tags"), desc("createdAt")],
      count: "count",
      methods: {
        storeManifest: store(),
        getManifest: get({ id: "handlerId", version: optional("version") }),
        listByTag: list({ tag: "tags" }),
        delete: list({ owner: "ownr" }),
      },
    }),
    hidden: entity<Hidden>({
      table: "manifest",
      key: ["id"],
      count: "count",
      methods: {
        getManifest: get({ id: "id" }),
      },
    }),
    nowhere: entity<Nowhere>({
      key: ["id"],
      count: "nowhereCount",
      methods: { clear: store(), getNowhere: get({}) },
    }),
  },
});

const number: number = "not one";
