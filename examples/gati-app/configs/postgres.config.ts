import { registerStorage } from "@gati-framework/storage";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import type { GatiConfig } from "../config.js";

export default {
  server: { host: "127.0.0.1" },
  about: "PostgreSQL",
  remembers: true,
  needs: "postgres",

  modules: (gctx) => {
    registerStorage(gctx, createPostgresStorage({ connectionString: process.env["DATABASE_URL"] ?? "" }));
  },
} satisfies GatiConfig;
