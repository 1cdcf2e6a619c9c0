import { handlerName, manifests } from "../../data/manifests.js";
import { picks } from "../../data/picks.js";
import type { Random } from "../../data/random.js";
import type { Case, Comparison } from "../../measure/contender.js";
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
