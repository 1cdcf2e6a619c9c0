import type { BetterSqliteStorageOptions } from "@gati-framework/storage-better-sqlite3";
import { handlerName, manifests } from "../../data/manifests.js";
import { picks } from "../../data/picks.js";
import type { Random } from "../../data/random.js";
import type { Case, Comparison, Contender } from "../../measure/contender.js";
import { drizzlePerCall, drizzlePrepared } from "../../peers/drizzle.js";
import { handWritten } from "../../peers/hand-written.js";
import { keyvSqlite } from "../../peers/keyv.js";
import { kyselyPerCall } from "../../peers/kysely.js";
import type { SqliteStore } from "../../peers/sqlite-file.js";
import { temporaryFolder } from "../../peers/temporary-folder.js";
import { openSubject, SUBJECT } from "./subject.js";

const HANDLERS = 100;
const VERSIONS = 100;

type Read = (store: Pick<SqliteStore, "getManifest" | "getAllManifestVersions">, call: number) => unknown;

interface Targets {
  readonly handWritten?: number;
  readonly kysely?: number;
  readonly drizzle?: number;
}

/** Everybody who can, on 10,000 rows each. */
async function compareReads(read: Read, targets: Targets): Promise<Comparison & { close(): Promise<void> }> {
  const folder = temporaryFolder();
  const rows = manifests(HANDLERS, VERSIONS);
  const subject = await openSubject(folder.file("ours"), "NORMAL", rows);
  const peers = [
    { name: "hand-written", make: handWritten, atLeast: targets.handWritten },
    { name: "Kysely per call", make: kyselyPerCall, atLeast: targets.kysely },
    { name: "Drizzle", make: drizzlePerCall, atLeast: targets.drizzle },
    { name: "Drizzle prepared", make: drizzlePrepared, atLeast: undefined },
  ].map(({ name, make, atLeast }) => {
    const store: SqliteStore = make(folder.file(name), "NORMAL", rows);
    const contender = { name, run: (call: number) => read(store, call) };
    return { contender: atLeast === undefined ? contender : { ...contender, atLeast }, store };
  });
  return {
    subject: { name: SUBJECT, run: (call) => read(subject.store, call) },
    peers: peers.map(({ contender }) => contender),
    async close() {
      await subject.close();
      await Promise.all(peers.map(({ store }) => store.close()));
      folder.remove();
    },
  };
}

export function getByVersion(random: Random): Case {
  return {
    name: "get by version",
    async prepare() {
      const rows = manifests(HANDLERS, VERSIONS);
      const pick = picks(rows, random);
      const comparison = await compareReads(
        (store, call) => store.getManifest(pick(call).handlerId, pick(call).version),
        { handWritten: 0.85, kysely: 2, drizzle: 5 },
      );
      const folder = temporaryFolder();
      const keyv = await keyvSqlite(folder.file("keyv"), rows);
      const run = (call: number) => keyv.getManifest(pick(call).handlerId, pick(call).version);
      return {
        ...comparison,
        peers: [...comparison.peers, { name: "Keyv", run, atLeast: 8 }],
        async close() {
          await keyv.close();
          folder.remove();
          await comparison.close();
        },
      };
    },
  };
}

/** Every document is found in the cache. */
export function getCached(random: Random): Case {
  return {
    name: "get by version, cached",
    prepare: () => compareCache(random, true, 3),
  };
}

/** None is: what a cache costs where it is of no use. */
export function getMissed(random: Random): Case {
  return {
    name: "get by version, never in the cache",
    prepare: () => compareCache(random, { maxEntries: 1 }),
  };
}

async function compareCache(
  random: Random,
  cache: BetterSqliteStorageOptions["cache"],
  atLeast?: number,
): Promise<Comparison> {
  const folder = temporaryFolder();
  const rows = manifests(HANDLERS, VERSIONS);
  const pick = picks(rows, random);
  const cached = await openSubject(folder.file("cached"), "NORMAL", rows, cache);
  const uncached = await openSubject(folder.file("uncached"), "NORMAL", rows);
  const byHand = handWritten(folder.file("by-hand"), "NORMAL", rows);
  // oxlint-disable-next-line no-await-in-loop -- they answer at once
  for (const { handlerId, version } of rows) await cached.store.getManifest(handlerId, version);
  const contend = (name: string, store: Pick<SqliteStore, "getManifest">): Contender => ({
    name,
    run: (call) => store.getManifest(pick(call).handlerId, pick(call).version),
  });
  const limit = contend("hand-written", byHand);
  return {
    subject: contend(`${SUBJECT}, cache`, cached.store),
    peers: [
      atLeast === undefined ? limit : { ...limit, atLeast },
      contend(`${SUBJECT}, no cache`, uncached.store),
    ],
    async close() {
      await Promise.all([cached.close(), uncached.close()]);
      byHand.close();
      folder.remove();
    },
  };
}

export function latest(random: Random): Case {
  return {
    name: `latest of ${VERSIONS} versions`,
    prepare() {
      const pick = picks(allHandlers(), random);
      return compareReads((store, call) => store.getManifest(pick(call)), {});
    },
  };
}

export function list(random: Random): Case {
  return {
    name: `list of ${VERSIONS} versions`,
    prepare() {
      const pick = picks(allHandlers(), random);
      return compareReads((store, call) => store.getAllManifestVersions(pick(call)), {});
    },
  };
}

const allHandlers = (): string[] => Array.from({ length: HANDLERS }, (_, handler) => handlerName(handler));
