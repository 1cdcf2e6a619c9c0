import { defineBackend } from "@gati-framework/storage-codegen";

export default defineBackend({
  id: "sqljs",
  title: "sql.js",
  unit: "own",
  stem: "SqlJs",
  description:
    "Keeps everything in memory or in an SQLite file, through sql.js, which runs wherever WebAssembly does",
  sql: "sqlite",
  node: true,
  browser: { file: "nothing", "wasm-file": "nothing" },
  promises: {
    keeps: "in memory, or in one SQLite file",
    survives:
      "with `autoSave` everything acknowledged, also kill -9 and power loss; without, what `flush()` and `shutdown()` saved",
    sharedBy: "one process",
    installs: "sql.js, in WebAssembly: nothing is compiled",
    chooseFor: "machines without a compiler, small databases, browsers and edge runtimes",
  },
  peerDependencies: { "sql.js": "^1.16.0" },
  optionalPeers: ["sql.js"],
  devDependencies: { "sql.js": "1.16.0" },
});
