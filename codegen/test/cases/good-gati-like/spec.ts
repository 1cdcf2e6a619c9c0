import { asc, defineSchema, entity, get, list, optional, store } from "@gati-framework/storage-codegen";
import type { HandlerManifest, HookManifest } from "./types.js";

export default defineSchema({
  name: "gati",
  version: 3,
  contract: "StorageContract",
  stats: "StorageStats",
  facade: "ManifestStore",
  module: "storage",
  packages: { scope: "@gati-framework", version: "0.1.0", license: "Apache-2.0", peerDependencies: { "@gati-framework/runtime": "^2.0.8" } },

  entities: {
    /** Handler manifests, one per handler and version. */
    manifest: entity<HandlerManifest>({
      key: ["handlerId", "version"],
      order: [asc("createdAt")],
      count: "manifestCount",
      methods: {
        /** Stores a handler's manifest for one version. */
        storeManifest: store(),
        /** Reads a handler's manifest of one version, or of its latest version. */
        getManifest: get({ id: "handlerId", version: optional("version") }, { pick: "last" }),
        /** Reads the manifests of all versions of a handler. */
        getAllManifestVersions: list({ id: "handlerId" }),
      },
    }),

    hookManifest: entity<HookManifest>({
      doc: "Hook manifests, one per handler.",
      key: ["handlerId"],
      count: "hookManifestCount",
      methods: {
        storeHookManifest: store({ param: "manifest", doc: "Stores a hook manifest." }),
        getHookManifest: get({ handlerId: "handlerId" }, { miss: null }),
        listHookManifests: list(),
      },
    }),
  },
});
