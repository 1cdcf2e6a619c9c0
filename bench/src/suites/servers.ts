import type { HandlerManifest } from "@gati-framework/storage";
import { manifests } from "../data/manifests.js";
import { picks } from "../data/picks.js";
import { type Random, shuffled } from "../data/random.js";
import type { Case, Contender, Peer } from "../measure/contender.js";
import type { ServerStore } from "../peers/server-store.js";
import { oneByOne, storeEach, storesAtOnce } from "./stores.js";

const AT_ONCE = 5000;

/**
 * How many calls a sample makes one by one. The collection of garbage before a sample takes optimized code with it, which is made
 * again in some hundreds of calls: fewer would measure a server that has only just started.
 */
const ONE_BY_ONE = { calls: 2000, quickCalls: 100 };

/** Stores on one server, each on a pool of its own and of one configuration. */
export interface ServerStores {
  readonly subject: ServerStore;
  readonly byHand: ServerStore;
  readonly kysely: ServerStore;
  close(): Promise<void>;
}

/** Who stands in a server's suite, by their names in the table. */
export interface ServerContenders {
  readonly subject: string;
  readonly byHand: string;
  /** Makes everybody's store, holding `rows`. */
  open(rows: readonly HandlerManifest[]): Promise<ServerStores>;
}

interface Targets {
  readonly byHand?: number;
  readonly kysely?: number;
}

type Contend = (name: string, store: Pick<ServerStore, "getManifest">) => Contender;

export function getOneByOne(contenders: ServerContenders, random: Random): Case {
  return {
    name: "get one by one",
    async prepare() {
      const rows = manifests(100, 100);
      const comparison = await compareStores(contenders, rows, getsOf(rows, random), { byHand: 0.85 });
      return { ...comparison, ...ONE_BY_ONE };
    },
  };
}

/** Gets any of `rows` at each call, the same for everybody. */
export function getsOf(rows: readonly HandlerManifest[], random: Random): Contend {
  const pick = picks(rows, random);
  return (name, store) => ({
    name,
    run: (call) => store.getManifest(pick(call).handlerId, pick(call).version),
  });
}

export function getAtOnce(contenders: ServerContenders, random: Random, targets: Targets): Case {
  return {
    name: "5,000 gets at once",
    async prepare() {
      const rows = manifests(100, 100);
      // No document twice, so that nobody gains by asking once for both.
      const wanted = shuffled(rows, random).slice(0, AT_ONCE);
      const contend: Contend = (name, store) => ({
        name,
        run: () => Promise.all(wanted.map((row) => store.getManifest(row.handlerId, row.version))),
      });
      const comparison = await compareStores(contenders, rows, contend, targets);
      return { ...comparison, operationsPerCall: AT_ONCE, calls: 2, quickCalls: 1 };
    },
  };
}

export function storeOneByOne(contenders: ServerContenders): Case {
  return {
    name: "store one by one",
    async prepare() {
      const contend = (name: string, store: ServerStore) => oneByOne(name, store, ONE_BY_ONE.calls);
      const comparison = await compareStores(contenders, [], contend, { byHand: 0.85 });
      return { ...comparison, ...ONE_BY_ONE };
    },
  };
}

export function storeAtOnce(contenders: ServerContenders): Case {
  return {
    name: "5,000 stores at once",
    async prepare() {
      const contend = (name: string, store: ServerStore) =>
        storesAtOnce(name, AT_ONCE, 1, (documents) => storeEach(store, documents));
      const comparison = await compareStores(contenders, [], contend, { byHand: 4 });
      return { ...comparison, operationsPerCall: AT_ONCE, calls: 1 };
    },
  };
}

export async function compareStores(
  { subject, byHand, open }: ServerContenders,
  rows: readonly HandlerManifest[],
  contend: (name: string, store: ServerStore) => Contender,
  targets: Targets,
): Promise<{ subject: Contender; peers: readonly Peer[]; close(): Promise<void> }> {
  const stores = await open(rows);
  const peer = (name: string, store: ServerStore, atLeast: number | undefined): Peer => {
    const contender = contend(name, store);
    return atLeast === undefined ? contender : { ...contender, atLeast };
  };
  return {
    subject: contend(subject, stores.subject),
    peers: [
      peer(byHand, stores.byHand, targets.byHand),
      peer("Kysely per call", stores.kysely, targets.kysely),
    ],
    close: () => stores.close(),
  };
}
