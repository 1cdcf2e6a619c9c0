import type { HandlerManifest } from "@gati-framework/storage";
import { createMysqlStorage } from "@gati-framework/storage-mysql";
import type { Random } from "../data/random.js";
import type { Suite } from "../measure/contender.js";
import { mysqlHandWritten } from "../peers/mysql-hand-written.js";
import { mysqlKysely } from "../peers/mysql-kysely.js";
import { createDatabase, findServer } from "../peers/mysql-server.js";
import {
  getAtOnce,
  getOneByOne,
  type ServerContenders,
  type ServerStores,
  storeAtOnce,
  storeOneByOne,
} from "./servers.js";
import { storeEach } from "./stores.js";

/** The suite `mysql`; `random` draws what is read. Each case has a database of its own on the server that is there. */
export function mysqlSuite(random: Random): Suite {
  const contenders: ServerContenders = {
    subject: "@gati-framework/storage-mysql",
    byHand: "hand-written, execute",
    open: openStores,
  };
  return {
    name: "mysql",
    about: "createMysqlStorage() on a pool of 8 connections beside other ways to use such a pool",
    cases: [
      getOneByOne(contenders, random),
      storeOneByOne(contenders),
      getAtOnce(contenders, random, { byHand: 3 }),
      storeAtOnce(contenders),
    ],
    find: findServer,
  };
}

async function openStores(rows: readonly HandlerManifest[]): Promise<ServerStores> {
  const database = await createDatabase();
  const pools = { ours: database.pool(), byHand: database.pool(), kysely: database.pool() };
  const { exports: subject, shutdown } = createMysqlStorage({ pool: pools.ours });
  await storeEach(subject, rows);
  const byHand = await mysqlHandWritten(pools.byHand, rows);
  const kysely = await mysqlKysely(pools.kysely, rows);
  await database.settle();
  return {
    subject,
    byHand,
    kysely,
    async close() {
      await shutdown();
      await database.drop();
      await Promise.all(Object.values(pools).map((pool) => pool.promise().end()));
    },
  };
}
