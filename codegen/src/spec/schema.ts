import type { KeyField, ScalarField } from "./fields.js";
import type { MethodSpec } from "./methods.js";
import type { OrderSpec } from "./order.js";

/** One kind of document: its key, its order and the methods that store and read it. */
export interface EntitySpec<T> {
  /** Documentation; the comment above the member unless given. */
  readonly doc?: string;
  /** Name of its table after the prefix; the entity's name in snake case unless given. */
  readonly table?: string;
  /** The fields that tell one document from another (rules S1 and S2). */
  readonly key: readonly [KeyField<T>, ...KeyField<T>[]];
  /** How lists are ordered; ties, and an entity without a rule, by the position of first storing (rule S6). */
  readonly order?: readonly OrderSpec<ScalarField<T>>[];
  /** Groups of fields that no two documents share. Documents that lack one of the fields are not held to it. */
  readonly unique?: readonly (readonly [ScalarField<T>, ...ScalarField<T>[]])[];
  /** Name of its field in the stats. */
  readonly count: string;
  /** The entity's name in the version before, where it had another one; its documents are then kept. */
  readonly renamedFrom?: string;
  /**
   * Properties of the documents that had another name in the version before: new name to old name. Stored documents get the new
   * name when a database is upgraded.
   */
  readonly renamedFields?: Readonly<Partial<Record<keyof T & string, string>>>;
  /**
   * Which document stays where a new key is the same for several: the one stored first, or the one stored last, in the place of
   * the first. A database with such documents is not upgraded unless this is given.
   */
  readonly onDuplicateKey?: "keep-first" | "keep-last";
  /** The contract's methods for this entity, by name. */
  readonly methods: Readonly<Record<string, MethodSpec<KeyField<T>, ScalarField<T>>>>;
}

/** An entity that remembers its document type, so that the generator can ask the compiler for it. */
export interface Entity<T> extends EntitySpec<T> {
  /** Never present at run time. */
  readonly documentType?: T;
}

/** How the emitted packages are called. */
export interface PackagesSpec {
  /** npm scope, such as `@gati-framework`. */
  readonly scope: string;
  /** One version for all of them. */
  readonly version: string;
  /** SPDX identifier; `MIT` unless given. */
  readonly license?: string;
  /** Packages that the document types come from, with the ranges of versions that fit. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Everything that is stored, and the interface it is stored through. */
export interface SchemaSpec {
  /** Short name in snake case. Tables are prefixed with it, and SQLite files are marked with it. */
  readonly name: string;
  /** Counts up with each released change of what is stored; 1 unless given. */
  readonly version?: number;
  /** Entities of the version before that are given up, with all their documents. */
  readonly removedEntities?: readonly string[];
  /** The oldest version whose code may go on using a database of this one; only this one's unless given. */
  readonly readableFrom?: number;
  /** Name of the emitted interface, such as `StorageContract`. */
  readonly contract: string;
  /** Name of the emitted interface of counts, such as `StorageStats`. */
  readonly stats: string;
  /** Name of a facade that finds its storage by itself, such as `ManifestStore` for `createManifestStore()`. */
  readonly facade?: string;
  /** Name of the emitted modules, under which a host finds them; `storage` unless given. */
  readonly module?: string;
  /** Given, each unit is emitted as an npm package; left out, as a plain folder of modules. */
  readonly packages?: PackagesSpec;
  /** The kinds of document, by name. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each entity has a document type of its own
  readonly entities: Readonly<Record<string, Entity<any>>>;
}

/** Declares what is stored. The default export of a spec. */
export function defineSchema<const Spec extends SchemaSpec>(spec: Spec): Spec {
  return spec;
}

/**
 * Declares one kind of document of type `T`.
 *
 * @example
 * ```ts
 * gtype: entity<GType>({ key: ['ref'], count: 'gtypeCount', methods: { storeGType: store(), getGType: get({ ref: 'ref' }) } })
 * ```
 */
export function entity<T>(spec: EntitySpec<T>): Entity<T> {
  return spec;
}
