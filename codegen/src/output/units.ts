import type { Backend } from "../backends/load-backends.js";
import type { BackendDescriptor } from "../backends/descriptor.js";
import type { Model } from "../model/model.js";
import { KIT, KIT_RANGE, KYSELY_DEV, KYSELY_PEER, LRU_CACHE } from "./versions.js";

/** One folder of the output; with packages, one npm package. */
export interface Unit {
  /** `main`, `sql`, `testing` or a backend's id: how templates name it. */
  readonly id: string;
  /** Folder in the output: `storage-sql`. */
  readonly folder: string;
  /** `@gati-framework/storage-sql`; also used in prose where there are no packages. */
  readonly packageName: string;
  readonly description: string;
  /** Files that others may import: the empty name is the index. */
  readonly entries: Readonly<Record<string, string>>;
  /** Whether it needs Node's types. */
  readonly node: boolean;
  /** Modules, and which others stand in their place in bundles for browsers. */
  readonly browser: Readonly<Record<string, string>>;
  /** tsconfig references to other units. */
  readonly references: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** Peers that are not installed unasked: drivers, and packages that only types come from. */
  readonly optionalPeers: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Set for a backend's own unit. */
  readonly backend: Backend | null;
}

/** What code for Node is compiled with. */
export const NODE_TYPES = { "@types/node": "^20.19.0" };

/** The folder of a unit in the output: `storage-sql`. */
export function unitFolder({ module }: Model, id: string): string {
  return id === "main" ? module : `${module}-${id}`;
}

/** The package of a unit, or its folder where there are no packages. */
export function unitPackage(model: Model, id: string): string {
  const folder = unitFolder(model, id);
  return model.packages === null ? folder : `${model.packages.scope}/${folder}`;
}

/** Every unit of the output, in the order in which they depend on each other. */
export function planUnits(model: Model, backends: readonly Backend[]): Unit[] {
  const folder = (id: string): string => unitFolder(model, id);
  const name = (id: string): string => unitPackage(model, id);
  const range = `^${model.packages?.version ?? "0.0.0"}`;
  const own = (ids: readonly string[]): Record<string, string> =>
    Object.fromEntries(ids.map((id) => [name(id), range]));
  const typePeers = model.packages?.peerDependencies ?? {};
  const base = (id: string, description: string): Omit<Unit, "entries" | "dependencies" | "references"> => ({
    id,
    folder: folder(id),
    packageName: name(id),
    description,
    node: false,
    browser: {},
    peerDependencies: typePeers,
    optionalPeers: Object.keys(typePeers),
    devDependencies: typePeers,
    backend: null,
  });
  const uses = (
    ids: readonly string[],
    others: Readonly<Record<string, string>> = {},
  ): Pick<Unit, "dependencies" | "references"> => ({
    dependencies: { [KIT]: KIT_RANGE, ...own(ids), ...others },
    references: ids.map((id) => `../${folder(id)}`),
  });

  const main: Unit = {
    ...base("main", `The ${model.contract} interface, its in-memory default, and what backends share`),
    entries: { "": "index", backend: "backend" },
    ...uses([]),
  };
  const sql: Unit = {
    ...base("sql", `Tables and queries of ${model.contract} for SQL databases`),
    entries: { "": "index" },
    ...uses(["main"], { "lru-cache": LRU_CACHE }),
    peerDependencies: { ...typePeers, kysely: KYSELY_PEER },
    devDependencies: { ...typePeers, kysely: KYSELY_DEV },
  };
  const testing: Unit = {
    ...base("testing", `Proves that a backend of ${model.contract} answers as every other does`),
    entries: { "": "index" },
    ...uses(["main"]),
    node: true,
    peerDependencies: { ...typePeers, "fast-check": "^4.0.0" },
    devDependencies: { ...typePeers, ...NODE_TYPES, "fast-check": "4.10.2" },
  };
  const ofBackends = backends
    .filter((backend) => backend.descriptor.unit === "own")
    .map((backend): Unit => {
      const { descriptor } = backend;
      return {
        ...base(descriptor.id, descriptor.description),
        entries: { "": "index" },
        ...uses(descriptor.sql !== null ? ["main", "sql"] : ["main"], descriptor.dependencies),
        ...peersOf(descriptor, typePeers),
        node: descriptor.node,
        browser: descriptor.browser ?? {},
        backend,
      };
    });
  const needsSql = backends.some((backend) => backend.descriptor.sql !== null);
  return [main, ...(needsSql ? [sql] : []), ...ofBackends, testing];
}

/** The peers of a backend's unit, and what it is built with. */
function peersOf(
  descriptor: BackendDescriptor,
  typePeers: Readonly<Record<string, string>>,
): Pick<Unit, "peerDependencies" | "optionalPeers" | "devDependencies"> {
  return {
    peerDependencies: {
      ...typePeers,
      ...(descriptor.sql !== null ? { kysely: KYSELY_PEER } : {}),
      ...descriptor.peerDependencies,
    },
    optionalPeers: [...Object.keys(typePeers), ...(descriptor.optionalPeers ?? [])],
    devDependencies: {
      ...typePeers,
      ...(descriptor.sql !== null ? { kysely: KYSELY_DEV } : {}),
      ...(descriptor.node ? NODE_TYPES : {}),
      ...descriptor.devDependencies,
    },
  };
}
