import { defineBackend } from "@gati-framework/storage-codegen";

// FILL: every fact. They stand in the package's README and its package.json.
export default defineBackend({
  id: "my-database",
  title: "My database",
  unit: "own",
  stem: "MyDatabase",
  description: "Keeps everything in My database",
  // Documents and plain fields. For SQL, see the end of the guide to a new backend.
  sql: null,
  // FILL: whether your templates import Node's own modules.
  node: false,
  promises: {
    keeps: "in the memory of the process, until connection.ts.hbs is filled",
    survives: "nothing",
    sharedBy: "one process",
    installs: "nothing",
    chooseFor: "nothing yet",
  },
  // FILL: the driver, as an optional peer that is loaded when opening:
  // peerDependencies: { "my-driver": "^1.0.0" },
  // optionalPeers: ["my-driver"],
});
