import { registerStorage } from "@gati-framework/storage";
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import type { GatiConfig } from "../config.js";

export default {
  server: { host: "127.0.0.1" },
  about: "an SQLite file, through sql.js",
  remembers: true,

  modules: (gctx) => {
    // autoSave: a stored document is on the disk before its promise resolves.
    registerStorage(gctx, createSqlJsStorage({ filename: ".gati/manifests.db", autoSave: true }));
  },
} satisfies GatiConfig;
