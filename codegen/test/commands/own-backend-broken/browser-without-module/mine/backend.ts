import { defineBackend } from "@gati-framework/storage-codegen";

export default defineBackend({
  id: "mine",
  title: "Mine",
  unit: "own",
  stem: "Mine",
  description: "Keeps everything",
  sql: null,
  node: true,
  browser: { file: "nothing" },
  promises: { keeps: "a", survives: "b", sharedBy: "c", installs: "d", chooseFor: "e" },
} as never);
