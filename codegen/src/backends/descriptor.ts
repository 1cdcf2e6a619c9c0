import type { ScalarKind } from "../model/model.js";

/** A column, as a part of a key or an index. */
export interface SqlTerm {
  readonly column: string;
  readonly kind: ScalarKind;
  readonly descending: boolean;
}

/**
 * An SQL of the backend's own. Its folder has a template `dialect.ts.hbs`, whose code exports `createDialect(prefix)`: a `Dialect` of
 * the `sql` unit. What its members say stands in that template's view: see `emit/views/own-sql.ts`.
 */
export interface OwnSql {
  /** The type of a column, by the kind of its values. */
  readonly columnTypes: Readonly<Record<ScalarKind, string>>;
  /** The parts of an index, as SQL. */
  indexTerms(terms: readonly SqlTerm[]): readonly string[];
  /** Whether these columns together can be a unique index. */
  fitsUniqueIndex(terms: readonly SqlTerm[]): boolean;
}

/** What a backend promises, for tables that people read. */
export interface BackendPromises {
  /** Where documents are kept. */
  readonly keeps: string;
  /** What survives the end of the process. */
  readonly survives: string;
  /** Who may use one database at the same time. */
  readonly sharedBy: string;
  /** What installing it takes. */
  readonly installs: string;
  /** When to choose it. */
  readonly chooseFor: string;
}

/**
 * The facts of one backend. Beside it in its folder stand its templates: `name.ts.hbs` becomes `name.ts` of its unit, a name
 * with `{entity}` becomes one file for each entity, and `usage.md.hbs` becomes the middle of its README.
 */
export interface BackendDescriptor {
  /** The folder's name, and the backend's in errors: `better-sqlite3`. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** `main` to be emitted beside the contract; `own` for a package of its own. */
  readonly unit: "main" | "own";
  /** Middle of its names: `BetterSqlite` in `createBetterSqliteStorage` and `BetterSqliteStorageOptions`. */
  readonly stem: string;
  /** One sentence for its package. */
  readonly description: string;
  /** The SQL that its database speaks: one that others speak too, or its own; null when it speaks none. */
  readonly sql: "sqlite" | "postgres" | OwnSql | null;
  /** Whether its code imports Node's own modules. */
  readonly node: boolean;
  /**
   * Modules, and which others stand in their place in bundles for browsers: `{ file: "nothing" }`. In packages they are imported as
   * `#file`; a plain folder has no such names.
   */
  readonly browser?: Readonly<Record<string, string>>;
  readonly promises: BackendPromises;
  /** Package to range, as package.json has them; the kit and other emitted packages are added where they are used. */
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  /** Peers that need not be installed, since they are loaded when opening. */
  readonly optionalPeers?: readonly string[];
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Declares a backend. The default export of its folder's `backend.ts`. */
export function defineBackend(descriptor: BackendDescriptor): BackendDescriptor {
  return descriptor;
}
