import type {
  HandlerManifest,
  HookManifest,
  ManifestGType,
  TimescapeMetadata,
  Transformer,
  VersionGraph,
} from "@gati-framework/runtime";

/** A complete document of each kind; `changes` replaces some of its fields. */
export function manifest(changes: Partial<HandlerManifest> = {}): HandlerManifest {
  return {
    handlerId: "order.place",
    version: "1.0.0",
    path: "/orders",
    method: ["POST", "PUT"],
    gtypes: { request: "PlaceOrder", response: "Order" },
    hooks: { before: ["authenticate"], after: [] },
    timescapeVersion: "tsv:1",
    policies: { roles: ["buyer"], rateLimit: { limit: 10, window: 1000 } },
    dependencies: { modules: ["db"], plugins: ["audit"] },
    hash: "h1",
    createdAt: 1000,
    ...changes,
  };
}

export function hookManifest(changes: Partial<HookManifest> = {}): HookManifest {
  return {
    handlerId: "order.place",
    version: "1.0.0",
    createdAt: 1000,
    hooks: [
      {
        id: "authenticate",
        type: "before",
        level: "global",
        isAsync: true,
        timeout: 50,
        sourceLocation: { file: "hooks.ts", line: 3, column: 1 },
      },
    ],
    ...changes,
  };
}

export function gtype(changes: Partial<ManifestGType> = {}): ManifestGType {
  return {
    ref: "PlaceOrder",
    kind: "object",
    properties: {
      amount: {
        type: {
          ref: "Amount",
          kind: "primitive",
          primitiveType: "number",
          validators: [{ type: "min", value: 1 }],
        },
        optional: false,
      },
      tags: {
        type: {
          ref: "Tags",
          kind: "array",
          items: { ref: "Tag", kind: "primitive", primitiveType: "string" },
        },
        optional: true,
      },
    },
    required: ["amount"],
    ...changes,
  };
}

export function transformer(changes: Partial<Transformer> = {}): Transformer {
  return {
    id: "t1",
    handlerId: "order.place",
    fromVersion: "1.0.0",
    toVersion: "2.0.0",
    direction: "forward",
    transformations: [{ path: "total", type: "rename", details: { to: "amount" } }],
    hash: "h2",
    createdAt: 1000,
    ...changes,
  };
}

export function versionGraph(changes: Partial<VersionGraph> = {}): VersionGraph {
  return {
    handlerId: "order.place",
    versions: [{ version: "1.0.0", manifestHash: "h1", deployedAt: 1000, active: true, breaking: false }],
    currentVersion: "1.0.0",
    latestVersion: "1.0.0",
    ...changes,
  };
}

export function timescape(changes: Partial<TimescapeMetadata> = {}): TimescapeMetadata {
  return {
    handlerId: "order.place",
    version: "1.0.0",
    fingerprint: "f1",
    compatibility: { compatible: ["1.0.1"], incompatible: [], transformable: ["2.0.0"] },
    deployment: { strategy: "canary", rolloutPercentage: 5, status: "active" },
    ...changes,
  };
}
