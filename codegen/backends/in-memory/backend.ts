import { defineBackend } from "@gati-framework/storage-codegen";

export default defineBackend({
  id: "in-memory",
  title: "In memory",
  unit: "main",
  stem: "InMemory",
  description: "Keeps everything in memory: the default, and the reference for every other backend",
  sql: null,
  node: false,
  promises: {
    keeps: "in the memory of the process",
    survives: "nothing",
    sharedBy: "one process",
    installs: "nothing",
    chooseFor: "development, tests, and what can be built anew",
  },
});
