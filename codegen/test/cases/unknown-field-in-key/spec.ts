import { asc, defineSchema, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

export interface Manifest {
  handlerId: string;
  version: string;
  createdAt: number;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    manifest: entity<Manifest>({
      key: ["handlerID", "version"],
      order: [asc("createdAt")],
      count: "manifestCount",
      methods: {
        storeManifest: store(),
        getManifest: get({ id: "handlerId", version: optional("version") }, { pick: "last" }),
        listManifests: list({ id: "handlerId" }),
      },
    }),
  },
});
