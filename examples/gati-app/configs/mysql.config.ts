import { registerStorage } from "@gati-framework/storage";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import type { GatiConfig } from "../config.js";

export default {
  server: { host: "127.0.0.1" },
  about: "MySQL or MariaDB",
  remembers: true,
  needs: "mysql",

  modules: (gctx) => {
    registerStorage(gctx, createMysqlStorage({ connectionString: process.env["DATABASE_URL"] ?? "" }));
  },
} satisfies GatiConfig;
