import type {
  HandlerManifest,
  HookManifest,
  ManifestGType,
  TimescapeMetadata,
  Transformer,
  VersionGraph,
} from "@gati-framework/storage";

/** The one handler of this application. Its version 2 splits the name of a user in two. */
export const HANDLER = "user.get";

const firstDeployed = Date.UTC(2025, 0, 15);
const thenDeployed = Date.UTC(2025, 5, 1);

function manifest(version: string, response: string, hash: string, createdAt: number): HandlerManifest {
  return {
    handlerId: HANDLER,
    version,
    path: "/users/:id",
    method: "GET",
    gtypes: { request: "Nothing", response, params: "UserParams" },
    hooks: { before: ["authenticate"], after: ["audit"] },
    timescapeVersion: `tsv:${HANDLER}:${version}`,
    policies: { roles: ["reader"], rateLimit: { limit: 100, window: 60_000 } },
    dependencies: { modules: ["storage"] },
    hash,
    createdAt,
  };
}

export const manifests: readonly HandlerManifest[] = [
  manifest("1.0.0", "UserV1", "sha256:1a", firstDeployed),
  manifest("2.0.0", "UserV2", "sha256:2b", thenDeployed),
];

export const hooks: HookManifest = {
  handlerId: HANDLER,
  version: "2.0.0",
  createdAt: thenDeployed,
  hooks: [
    { id: "authenticate", type: "before", level: "global", isAsync: true, timeout: 500 },
    { id: "audit", type: "after", level: "handler", isAsync: true, retries: 2 },
  ],
};

function user(ref: string, ...fields: string[]): ManifestGType {
  const text = (field: string): ManifestGType => ({
    ref: `${ref}.${field}`,
    kind: "primitive",
    primitiveType: "string",
  });
  return {
    ref,
    kind: "object",
    properties: Object.fromEntries(fields.map((field) => [field, { type: text(field), optional: false }])),
    required: fields,
  };
}

export const gtypes: readonly ManifestGType[] = [
  user("UserV1", "id", "name"),
  user("UserV2", "id", "givenName", "familyName"),
];

export const transformer: Transformer = {
  id: `${HANDLER}:1.0.0->2.0.0`,
  handlerId: HANDLER,
  fromVersion: "1.0.0",
  toVersion: "2.0.0",
  direction: "forward",
  transformations: [{ path: "name", type: "transform", details: { into: ["givenName", "familyName"] } }],
  hash: "sha256:3c",
  createdAt: thenDeployed,
};

export const graph: VersionGraph = {
  handlerId: HANDLER,
  currentVersion: "2.0.0",
  latestVersion: "2.0.0",
  versions: [
    {
      version: "1.0.0",
      manifestHash: "sha256:1a",
      deployedAt: firstDeployed,
      active: true,
      breaking: false,
      transformers: [{ to: "2.0.0", transformerId: transformer.id }],
    },
    {
      version: "2.0.0",
      manifestHash: "sha256:2b",
      deployedAt: thenDeployed,
      active: true,
      parent: "1.0.0",
      breaking: true,
    },
  ],
};

export const timescape: TimescapeMetadata = {
  handlerId: HANDLER,
  version: "2.0.0",
  fingerprint: "UserV2/sha256:2b",
  compatibility: { compatible: [], incompatible: [], transformable: ["1.0.0"] },
  deployment: { strategy: "canary", rolloutPercentage: 25, status: "active" },
};
