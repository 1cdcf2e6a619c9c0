import type {
  HandlerManifest,
  HookManifest,
  ManifestGType,
  TimescapeMetadata,
  Transformer,
  VersionGraph,
} from "@gati-framework/runtime";
import { asc, defineSchema, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

export default defineSchema({
  name: "gati",
  contract: "StorageContract",
  stats: "StorageStats",
  facade: "ManifestStore",
  module: "storage",
  packages: {
    scope: "@gati-framework",
    version: "0.1.0",
    peerDependencies: { "@gati-framework/runtime": "^2.0.8" },
  },

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

    /** Hook manifests, one per handler. */
    hookManifest: entity<HookManifest>({
      key: ["handlerId"],
      count: "hookManifestCount",
      methods: {
        /** Stores a handler's hook manifest. */
        storeHookManifest: store({ param: "manifest" }),
        /** Reads a handler's hook manifest. */
        getHookManifest: get({ handlerId: "handlerId" }, { miss: null }),
        /** Reads the hook manifests of all handlers. */
        listHookManifests: list(),
      },
    }),

    /** GTypes: type schemas, by their reference. */
    gtype: entity<ManifestGType>({
      key: ["ref"],
      count: "gtypeCount",
      methods: {
        /** Stores a GType. */
        storeGType: store(),
        /** Reads a GType. */
        getGType: get({ ref: "ref" }),
      },
    }),

    /** Transformers between two versions of a handler. */
    transformer: entity<Transformer>({
      key: ["id"],
      count: "transformerCount",
      methods: {
        /** Stores a transformer. */
        storeTransformer: store(),
        /** Reads a transformer. */
        getTransformer: get({ id: "id" }),
        /** Reads the transformers of a handler that lead from one version to another. */
        getTransformersForVersions: list({
          handlerId: "handlerId",
          fromVersion: "fromVersion",
          toVersion: "toVersion",
        }),
      },
    }),

    /** Version graphs, one per handler. */
    versionGraph: entity<VersionGraph>({
      key: ["handlerId"],
      count: "versionGraphCount",
      methods: {
        /** Stores a handler's version graph. */
        storeVersionGraph: store({ param: "graph" }),
        /** Reads a handler's version graph. */
        getVersionGraph: get({ handlerId: "handlerId" }),
      },
    }),

    /** Timescape metadata, one per handler and version. */
    timescapeMetadata: entity<TimescapeMetadata>({
      key: ["handlerId", "version"],
      count: "timescapeMetadataCount",
      methods: {
        /** Stores the Timescape metadata of one version of a handler. */
        storeTimescapeMetadata: store({ param: "metadata" }),
        /** Reads the Timescape metadata of one version of a handler. */
        getTimescapeMetadata: get({ handlerId: "handlerId", version: "version" }),
      },
    }),
  },
});
