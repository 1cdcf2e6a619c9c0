import { defineBackend } from "@gati-framework/storage-codegen";

export default defineBackend({
  id: "better-sqlite3",
  title: "better-sqlite3",
  unit: "own",
  stem: "BetterSqlite",
  description: "Keeps everything in an SQLite file, through better-sqlite3",
  sql: "sqlite",
  node: true,
  promises: {
    keeps: "in one SQLite file, or in memory",
    survives: "everything acknowledged, also kill -9 and power loss",
    sharedBy: "several processes of one machine",
    installs: "better-sqlite3, a native module",
    chooseFor: "production on one machine",
  },
  peerDependencies: { "better-sqlite3": "^12.0.0 || ^13.0.0" },
  optionalPeers: ["better-sqlite3"],
  devDependencies: { "better-sqlite3": "12.11.1" },
});
