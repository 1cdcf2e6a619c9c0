import { registerStorage } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import type { GatiConfig } from "../config.js";

export default {
  server: { host: "127.0.0.1" },
  about: "an SQLite file, through better-sqlite3",
  remembers: true,

  modules: (gctx) => {
    // The short way works as well:
    //   gctx.modules["storage"] = createBetterSqliteStorage({ filename: ".gati/manifests.db" }).exports;
    // registerStorage also adds the storage's health check and its shutdown to Gati's own.
    registerStorage(gctx, createBetterSqliteStorage({ filename: ".gati/manifests.db" }));
  },
} satisfies GatiConfig;
