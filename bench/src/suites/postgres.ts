import type { HandlerManifest } from "@gati-framework/storage";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { manifests } from "../data/manifests.js";
import { picks } from "../data/picks.js";
import { type Random, shuffled } from "../data/random.js";
import type { Case, Contender, Peer, Suite } from "../measure/contender.js";
import { postgresHandWritten } from "../peers/postgres-hand-written.js";
import { postgresKysely } from "../peers/postgres-kysely.js";
import { type Server, startServer } from "../peers/postgres-server.js";
import type { PostgresStore } from "../peers/postgres-table.js";
import { oneByOne, storeEach, storesAtOnce } from "./stores.js";

const SUBJECT = "@gati-framework/storage-postgres";
const AT_ONCE = 5000;

interface Targets {
  readonly handWritten?: number;
  readonly kysely?: number;
}

/** How the cases come by the server, which all of them share. */
type GetServer = () => Promise<Server>;

/** The suite `postgres`; `random` draws what is read. The server starts with the first case. */
export function postgresSuite(random: Random): Suite {
  let server: Promise<Server> | undefined;
  const get: GetServer = () => (server ??= startServer());
  return {
    name: "postgres",
    about: "createPostgresStorage() on a pool of 8 connections beside other ways to use such a pool",
    cases: [
      getOneByOne(get, random),
      getCached(get, random),
      storeOneByOne(get),
      getAtOnce(get, random),
      storeAtOnce(get),
    ],
    async close() {
      // Where it did not start, the cases have said so.
      await (await server?.catch(() => undefined))?.stop();
    },
  };
}

function getOneByOne(server: GetServer, random: Random): Case {
  return {
    name: "get one by one",
    prepare() {
      const rows = manifests(100, 100);
      const pick = picks(rows, random);
      const contend = (name: string, store: PostgresStore): Contender => ({
        name,
        run: (call) => store.getManifest(pick(call).handlerId, pick(call).version),
      });
      return compareStores(server, rows, contend, { handWritten: 0.85 });
    },
  };
}

function getCached(getServer: GetServer, random: Random): Case {
  return {
    name: "get one by one, cached",
    async prepare() {
      const rows = manifests(100, 100);
      const pick = picks(rows, random);
      const contend = (name: string, store: Pick<PostgresStore, "getManifest">): Contender => ({
        name,
        run: (call) => store.getManifest(pick(call).handlerId, pick(call).version),
      });
      const uncached = await compareStores(getServer, rows, contend, {});
      const pool = (await getServer()).pool();
      const { exports: cached, shutdown } = createPostgresStorage({ pool, schema: "ours", cache: true });
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

function getAtOnce(server: GetServer, random: Random): Case {
  return {
    name: "5,000 gets at once",
    async prepare() {
      const rows = manifests(100, 100);
      // No document twice, so that nobody gains by asking once for both.
      const wanted = shuffled(rows, random).slice(0, AT_ONCE);
      const contend = (name: string, store: PostgresStore): Contender => ({
        name,
        run: () => Promise.all(wanted.map((row) => store.getManifest(row.handlerId, row.version))),
      });
      const comparison = await compareStores(server, rows, contend, { handWritten: 3, kysely: 6 });
      return { ...comparison, operationsPerCall: AT_ONCE, calls: 2, quickCalls: 1 };
    },
  };
}

function storeOneByOne(server: GetServer): Case {
  const calls = 400;
  return {
    name: "store one by one",
    async prepare() {
      const contend = (name: string, store: PostgresStore) => oneByOne(name, store, calls);
      const comparison = await compareStores(server, [], contend, { handWritten: 0.85 });
      return { ...comparison, calls };
    },
  };
}

function storeAtOnce(server: GetServer): Case {
  return {
    name: "5,000 stores at once",
    async prepare() {
      const contend = (name: string, store: PostgresStore) =>
        storesAtOnce(name, AT_ONCE, 1, (documents) => storeEach(store, documents));
      const comparison = await compareStores(server, [], contend, { handWritten: 4 });
      return { ...comparison, operationsPerCall: AT_ONCE, calls: 1 };
    },
  };
}

/** Everybody on a pool of their own, of one configuration, holding `rows`. */
async function compareStores(
  getServer: GetServer,
  rows: readonly HandlerManifest[],
  contend: (name: string, store: PostgresStore) => Contender,
  targets: Targets,
): Promise<{ subject: Contender; peers: readonly Peer[]; close(): Promise<void> }> {
  const server = await getServer();
  const pools = { ours: server.pool(), byHand: server.pool(), kysely: server.pool() };
  const { exports: subject, shutdown } = createPostgresStorage({ pool: pools.ours, schema: "ours" });
  await storeEach(subject, rows);
  const byHand = await postgresHandWritten(pools.byHand, rows);
  const limit: Peer = contend("hand-written, named", byHand);
  const kysely: Peer = contend("Kysely per call", await postgresKysely(pools.kysely, rows));
  await server.settle();
  return {
    subject: contend(SUBJECT, subject),
    peers: [
      targets.handWritten === undefined ? limit : { ...limit, atLeast: targets.handWritten },
      targets.kysely === undefined ? kysely : { ...kysely, atLeast: targets.kysely },
    ],
    async close() {
      await shutdown();
      await pools.byHand.query("drop schema if exists ours, by_hand, by_kysely cascade");
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
