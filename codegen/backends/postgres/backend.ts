import { defineBackend } from "@gati-framework/storage-codegen";

export default defineBackend({
  id: "postgres",
  title: "PostgreSQL",
  unit: "own",
  stem: "Postgres",
  description: "Keeps everything in PostgreSQL, shared by as many instances as there are",
  sql: "postgres",
  node: true,
  promises: {
    keeps: "in tables of a PostgreSQL database",
    survives: "everything acknowledged, as the server's own settings promise",
    sharedBy: "any number of processes and machines, through a pooler too",
    installs: "pg, plain JavaScript",
    chooseFor: "production on several machines",
  },
  peerDependencies: { pg: "^8.11.0" },
  optionalPeers: ["pg"],
  devDependencies: { pg: "8.23.1" },
});
