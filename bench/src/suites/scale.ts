import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Case, SingleCase, Suite, Unit } from "../measure/contender.js";
import { temporaryFolder } from "../peers/temporary-folder.js";
import { createDatabase, findServer } from "../peers/mysql-server.js";
import { startServer } from "../peers/postgres-server.js";
import type { Backend } from "../scale/backends.js";
import type { Drawn } from "../scale/holder.js";
import type { OperationName } from "../scale/operations.js";
import { type Found, loadBoth, type Loaded, type Sizes } from "../scale/pair.js";
import type { Making } from "./index.js";

/** What each storage is compared with: itself, holding so many documents of a kind. */
export const FEW = 10_000;

/** Of reads: what many documents may cost beside few. */
const NO_GROWTH = 0.6;

const PACKAGES: Readonly<Record<Backend, string>> = {
  "in-memory": "@gati-framework/storage",
  sqljs: "@gati-framework/storage-sqljs",
  "better-sqlite3": "@gati-framework/storage-better-sqlite3",
  postgres: "@gati-framework/storage-postgres",
  mysql: "@gati-framework/storage-mysql",
};

/** What both storages of a backend are kept on. */
interface Server {
  readonly connectionString: string;
  /** Does now what the server would do by itself while somebody is measured. */
  settle(): Promise<void>;
  /** Removes what both have stored. */
  remove(): Promise<void>;
}

/** Backends that are kept on a server, and how they come by one. */
const SERVERS: Partial<Record<Backend, () => Promise<Server>>> = {
  async postgres() {
    const { connectionString, settle, stop } = await startServer();
    return { connectionString, settle, remove: stop };
  },
  async mysql() {
    const { connectionString, settle, drop } = await createDatabase();
    return { connectionString, settle, remove: drop };
  },
};

/** Backends whose server may not be there. */
const FINDERS: Partial<Record<Backend, () => Promise<string>>> = { mysql: findServer };

/** Those that hold documents in the process itself; of others the whole process is weighed. */
const KEPT_IN_PROCESS: ReadonlySet<Backend> = new Set(["in-memory", "sqljs"]);

const READS: readonly OperationName[] = [
  "get by version",
  "get by version, a miss",
  "latest of 100 versions",
  "list of 100 versions",
  "get transformer",
  "transformers of a version pair",
];

/** Few calls a sample, so that the storage that holds few goes on holding few. */
const WRITES: readonly { readonly name: OperationName; readonly calls: number }[] = [
  { name: "store a new manifest", calls: 50 },
  { name: "store a manifest again", calls: 100 },
  { name: "store a new transformer", calls: 50 },
  { name: "store a transformer again", calls: 100 },
  { name: "1,000 manifests again, at once", calls: 1 },
];

/** The suite `scale`, one backend after the other: each holds `scale` manifests and transformers, and in another process a few. */
export function scaleSuites({ seed, scale }: Making): Suite[] {
  return Object.keys(PACKAGES).map((backend) =>
    scaleSuite(backend as Backend, seed, { few: FEW, many: scale }),
  );
}

function scaleSuite(backend: Backend, seed: number, sizes: Sizes): Suite {
  const find = FINDERS[backend];
  let loaded: Promise<Loaded> | undefined;
  const cases = casesOf({
    subject: `${PACKAGES[backend]}, ${count(sizes.many)}`,
    peer: `itself, ${count(sizes.few)}`,
    get: () => (loaded ??= loadInto(backend, seed, sizes)),
  });
  return {
    name: "scale",
    about: `${PACKAGES[backend]} holding ${count(sizes.many)} manifests and as many transformers, beside itself holding ${count(sizes.few)}`,
    cases: [
      cases.once("load a manifest, 1,000 at once", "time", (found) => found.manifest.time),
      cases.once("load a transformer, 1,000 at once", "time", (found) => found.transformer.time),
      ...(KEPT_IN_PROCESS.has(backend)
        ? [
            cases.once("memory of a manifest", "size", (found) => found.manifest.memory),
            cases.once("memory of a transformer", "size", (found) => found.transformer.memory),
          ]
        : [cases.once("memory of the process", "size", (found) => found.process)]),
      ...(backend === "in-memory"
        ? []
        : [
            cases.once("disk of a manifest", "size", (found) => found.manifest.disk),
            cases.once("disk of a transformer", "size", (found) => found.transformer.disk),
            cases.opening(),
          ]),
      ...READS.map((name) => cases.operation(name, name, "some", { atLeast: NO_GROWTH })),
      ...READS.map((name) => cases.operation(`${name}, of all`, name, "all", { atLeast: NO_GROWTH })),
      cases.operation("getStats", "getStats", "all", { atLeast: NO_GROWTH }),
      ...WRITES.map(({ name, calls }) => cases.operation(name, name, "all", { calls })),
    ],
    ...(find === undefined ? {} : { find }),
    async close() {
      // Where it could not be loaded, the cases have said so.
      await (await loaded?.catch(() => undefined))?.close();
    },
  };
}

const count = (size: number): string => size.toLocaleString("en");

/** Makes cases of two storages, which are loaded with the first of them. */
function casesOf({ subject, peer, get }: Compared) {
  return {
    /** Something that loading showed. */
    once: (name: string, unit: Unit, of: (found: Found) => number): SingleCase => ({
      name,
      unit,
      async measureOnce() {
        const { found } = await get();
        return {
          subject: { name: subject, value: of(found.many) },
          peers: [{ name: peer, value: of(found.few) }],
        };
      },
    }),
    opening: (): Case => ({
      name: "opening",
      async prepare() {
        const { few, many } = await get();
        return {
          subject: { name: subject, sample: () => many.reopen() },
          peers: [{ name: peer, sample: () => few.reopen() }],
          calls: 1,
        };
      },
    }),
    operation: (name: string, operation: OperationName, drawn: Drawn, { atLeast, calls }: Limits): Case => ({
      name,
      async prepare() {
        const { few, many } = await get();
        const ofFew = { name: peer, sample: (times: number) => few.sample(operation, drawn, times) };
        return {
          subject: { name: subject, sample: (times) => many.sample(operation, drawn, times) },
          peers: [atLeast === undefined ? ofFew : { ...ofFew, atLeast }],
          ...(calls === undefined ? {} : { calls }),
        };
      },
    }),
  };
}

interface Compared {
  readonly subject: string;
  readonly peer: string;
  readonly get: () => Promise<Loaded>;
}

interface Limits {
  readonly atLeast?: number;
  readonly calls?: number;
}

/** Loads both storages of a backend, and whatever they need. Everything is gone once it is closed. */
async function loadInto(backend: Backend, seed: number, sizes: Sizes): Promise<Loaded> {
  const server = await SERVERS[backend]?.();
  const folder = temporaryFolder();
  const place = (name: "few" | "many") => {
    mkdirSync(path.join(folder.path, name));
    return {
      backend,
      folder: path.join(folder.path, name),
      connectionString: server?.connectionString ?? "",
      name,
    };
  };
  const remove = async () => {
    folder.remove();
    await server?.remove();
  };
  try {
    const loaded = await loadBoth({ few: place("few"), many: place("many") }, sizes, seed);
    await server?.settle();
    return {
      ...loaded,
      async close() {
        await loaded.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
