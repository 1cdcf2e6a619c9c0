import type { HandlerManifest } from "@gati-framework/storage";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { manifests } from "../data/manifests.js";
import type { Random } from "../data/random.js";
import type { Case, Suite } from "../measure/contender.js";
import { postgresHandWritten } from "../peers/postgres-hand-written.js";
import { postgresKysely } from "../peers/postgres-kysely.js";
import { type Server, startServer } from "../peers/postgres-server.js";
import {
  compareStores,
  getAtOnce,
  getOneByOne,
  getsOf,
  type ServerContenders,
  type ServerStores,
  storeAtOnce,
  storeOneByOne,
} from "./servers.js";
import { storeEach } from "./stores.js";

const SUBJECT = "@gati-framework/storage-postgres";

/** How the cases come by the server, which all of them share. */
type GetServer = () => Promise<Server>;

/** The suite `postgres`; `random` draws what is read. The server starts with the first case. */
export function postgresSuite(random: Random): Suite {
  let server: Promise<Server> | undefined;
  const get: GetServer = () => (server ??= startServer());
  const contenders: ServerContenders = {
    subject: SUBJECT,
    byHand: "hand-written, named",
    open: async (rows) => openStores(await get(), rows),
  };
  return {
    name: "postgres",
    about: "createPostgresStorage() on a pool of 8 connections beside other ways to use such a pool",
    cases: [
      getOneByOne(contenders, random),
      getCached(contenders, get, random),
      storeOneByOne(contenders),
      getAtOnce(contenders, random, { byHand: 3, kysely: 6 }),
      storeAtOnce(contenders),
    ],
    async close() {
      // Where it did not start, the cases have said so.
      await (await server?.catch(() => undefined))?.stop();
    },
  };
}

function getCached(contenders: ServerContenders, getServer: GetServer, random: Random): Case {
  return {
    name: "get one by one, cached",
    async prepare() {
      const rows = manifests(100, 100);
      const contend = getsOf(rows, random);
      const uncached = await compareStores(contenders, rows, contend, {});
      const pool = (await getServer()).pool();
      const { exports: cached, shutdown } = createPostgresStorage({ pool, schema: "ours", cache: true });
      // Every document is found in the cache, as on SQLite. It keeps none before it hears of changes.
      // oxlint-disable-next-line no-await-in-loop -- the first ones go before that
      for (const { handlerId, version } of [...rows, ...rows]) await cached.getManifest(handlerId, version);
      return {
        subject: contend(`${SUBJECT}, cache`, cached),
        peers: [...uncached.peers, { ...uncached.subject, name: `${SUBJECT}, no cache` }],
        async close() {
          await shutdown();
          await pool.end();
          await uncached.close();
        },
      };
    },
  };
}

async function openStores(server: Server, rows: readonly HandlerManifest[]): Promise<ServerStores> {
  const pools = { ours: server.pool(), byHand: server.pool(), kysely: server.pool() };
  const { exports: subject, shutdown } = createPostgresStorage({ pool: pools.ours, schema: "ours" });
  await storeEach(subject, rows);
  const byHand = await postgresHandWritten(pools.byHand, rows);
  const kysely = await postgresKysely(pools.kysely, rows);
  await server.settle();
  return {
    subject,
    byHand,
    kysely,
    async close() {
      await shutdown();
      await pools.byHand.query("drop schema if exists ours, by_hand, by_kysely cascade");
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
