/**
 * What templates and emitters see: the spec with every name derived, every field typed and every mistake already refused.
 * Plain data, no functions, so that it can be recorded and compared. A template never assembles an identifier: if it needs a
 * name, the name is a field here.
 */
export interface Model {
  /** The spec's short name, such as `gati`. */
  readonly name: string;
  /** Schema version, from 1. */
  readonly version: number;
  /** The spec's path relative to its project's root, with `/`, such as `schema/gati.ts`; for banners and docstrings. */
  readonly source: string;
  /** Table prefix unless the user chooses another: `gati_`. */
  readonly tablePrefix: string;
  /** SQLite `application_id`: a positive 31-bit number derived from the name. */
  readonly applicationId: number;
  readonly contract: string;
  readonly stats: string;
  readonly facade: FacadeModel | null;
  readonly module: string;
  readonly packages: PackagesModel | null;
  readonly entities: readonly EntityModel[];
}

export interface FacadeModel {
  /** `ManifestStore` */
  readonly type: string;
  /** `createManifestStore` */
  readonly factory: string;
}

export interface PackagesModel {
  readonly scope: string;
  readonly version: string;
  readonly license: string;
  /** Packages that the document types come from, with their ranges. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** How emitted code names a document type. */
export interface DocumentTypeModel {
  /** The name that emitted code uses, such as `HandlerManifest`; unique in the schema. */
  readonly name: string;
  /**
   * The type as an expression of `imports`, such as `HandlerManifest` or `Job<Payload>`. Equal to `name` when the type is
   * imported under that name.
   */
  readonly text: string;
  /** What the expression needs. */
  readonly imports: readonly TypeImportModel[];
}

export interface TypeImportModel {
  /** Name as exported by the module. */
  readonly name: string;
  /** Name in the expression, where it differs from `name`; otherwise equal. */
  readonly alias: string;
  /**
   * A package specifier such as `@gati-framework/runtime`, or for a file of the project a path relative to the project's root
   * (see `Model.source`), with `/` and without an extension, marked by `file`.
   */
  readonly module: string;
  readonly file: boolean;
}

export type ScalarKind = "string" | "number" | "boolean";

export interface FieldModel {
  /** Property of the document: `handlerId`. */
  readonly name: string;
  /** Column of the table: `handler_id`. */
  readonly column: string;
  readonly kind: ScalarKind;
  /** Whether a document may lack it; never true of a key field. */
  readonly optional: boolean;
  /** Whether it is part of the entity's key. */
  readonly key: boolean;
}

export interface OrderTermModel {
  readonly field: FieldModel;
  readonly direction: "asc" | "desc";
}

export interface EntityModel {
  /** `manifest` */
  readonly name: string;
  /** `Manifest` */
  readonly pascal: string;
  /** First line(s) of documentation, without comment marks. */
  readonly doc: string;
  /** Line of the entity in the spec, from 1. */
  readonly line: number;
  readonly type: DocumentTypeModel;
  /** Table after the prefix: `hook_manifest`. */
  readonly table: string;
  /** Name of its field in the stats: `manifestCount`. */
  readonly count: string;
  readonly key: readonly FieldModel[];
  /** The ordering rule, without the position that always comes last (rule S6). */
  readonly order: readonly OrderTermModel[];
  /** Every field that has a column: key fields, then the others in the order in which they are first used. */
  readonly columns: readonly FieldModel[];
  readonly indexes: readonly IndexModel[];
  readonly uniques: readonly UniqueModel[];
  readonly methods: readonly MethodModel[];
  /** The reads that a backend implements, in the order of the methods that need them. */
  readonly queries: readonly QueryModel[];
  /** The removals that a backend implements. */
  readonly removals: readonly RemovalModel[];
  /** The type of a stored row: `ManifestRow`. */
  readonly rowType: string;
  /** The function that makes a row of a document: `manifestRow`. */
  readonly rowFactory: string;
  /** The write that a backend implements: `putManifest`. */
  readonly put: string;
}

/** What a read needs beside the key: the fields it looks up by, then the order it answers in, then the position. */
export interface IndexModel {
  /** `manifest_by_handler_id`, without the table prefix. */
  readonly name: string;
  readonly fields: readonly FieldModel[];
  readonly order: readonly OrderTermModel[];
  /** In-memory member: `byHandlerId`, `byHandlerIdLast`; `inOrder` when `fields` is empty. */
  readonly member: string;
  /** Whether it serves lists (`forward`) or "the last" (`last`: the order reversed, ties still by position ascending). */
  readonly use: "forward" | "last";
}

/** Fields that no two documents share. A document that lacks one of them is not held to it. */
export interface UniqueModel {
  /** `package_unique_slug`, without the table prefix. */
  readonly name: string;
  readonly fields: readonly FieldModel[];
  /** In-memory member: `uniqueBySlug`. */
  readonly member: string;
}

/** One read of a backend, its arguments already checked. */
export type QueryModel = PlainQueryModel | SelectQueryModel;

export interface PlainQueryModel {
  /** `getManifest`, `getManifestLast`, `getAllManifestVersions`: a member of the backend. */
  readonly name: string;
  /**
   * `key`: one row by its whole key; `unique`: one row by all fields of a unique index; `last`: the last in order among those
   * that match; `list`: all that match, in order.
   */
  readonly kind: "key" | "unique" | "last" | "list";
  readonly where: readonly FieldModel[];
  /** The ordering rule for `last` and `list`; empty for `key` and `unique`. */
  readonly order: readonly OrderTermModel[];
  /** Name of the index in `indexes` or `uniques`; null for `key`, and for a list of everything by position. */
  readonly index: string | null;
}

/** A read whose callers choose what narrows it, call by call (see the kit's `Selection`). */
export interface SelectQueryModel {
  readonly name: string;
  readonly kind: "select" | "count";
  /** Always compared. */
  readonly where: readonly FieldModel[];
  /** Compared when a value is given: two at most, since each combination has an index of its own. */
  readonly filters: readonly FieldModel[];
  /** The first field of the order, when there may be bounds on it. */
  readonly range: FieldModel | null;
  readonly order: readonly OrderTermModel[];
  /** Whether it answers in reverse, ties included. */
  readonly descending: boolean;
  /** Whether rows are answered with their places, which pages go on from. */
  readonly paged: boolean;
}

/** Removes the rows of a key, or of its first fields, and tells how many. */
export interface RemovalModel {
  readonly name: string;
  readonly where: readonly FieldModel[];
}

export interface ParamModel {
  /** Name of the parameter: `id`. */
  readonly name: string;
  readonly field: FieldModel;
  /** Whether callers may leave it out (rule S3): only the last one of a `get` with `pick: 'last'`. */
  readonly optional: boolean;
}

interface MethodBase {
  readonly name: string;
  readonly doc: string;
  /** Line of the method in the spec, from 1. */
  readonly line: number;
}

export interface StoreMethodModel extends MethodBase {
  readonly kind: "store";
  /** Name of the parameter that takes the document. */
  readonly param: string;
}

export interface GetMethodModel extends MethodBase {
  readonly kind: "get";
  readonly params: readonly ParamModel[];
  /** The query by the whole key, or by a unique index. */
  readonly query: string;
  /** The query without the optional parameter; null when there is none. */
  readonly lastQuery: string | null;
  readonly miss: "undefined" | "null";
}

/** A member of the options of a method that selects. */
export interface SelectionParamModel {
  readonly name: string;
  readonly field: FieldModel;
  readonly use: "filter" | "from" | "to";
}

/** What `list` and `count` share. */
interface SelectingMethodBase extends MethodBase {
  /** By position, and required. */
  readonly params: readonly ParamModel[];
  /** In the object that follows, each optional. */
  readonly options: readonly SelectionParamModel[];
  /** `ListJobsOptions`; null when there are none. */
  readonly optionsType: string | null;
  readonly query: string;
}

export interface ListMethodModel extends SelectingMethodBase {
  readonly kind: "list";
  /** Whether an option `limit` bounds the answer, or a page. */
  readonly limited: boolean;
  /** Whether it answers a page, and goes on with the option `after`. */
  readonly paged: boolean;
  readonly descending: boolean;
}

export interface CountMethodModel extends SelectingMethodBase {
  readonly kind: "count";
}

export interface RemoveMethodModel extends MethodBase {
  readonly kind: "remove";
  readonly params: readonly ParamModel[];
  readonly removal: string;
}

export type MethodModel =
  | StoreMethodModel
  | GetMethodModel
  | ListMethodModel
  | CountMethodModel
  | RemoveMethodModel;

/** The shape of a document type, for what is derived from it: arbitraries, samples and the code that copies documents. */
export type ShapeModel =
  | { readonly kind: "any" }
  | { readonly kind: "string" | "number" | "boolean" | "null" | "undefined" | "bigint" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "array"; readonly items: ShapeModel }
  | { readonly kind: "tuple"; readonly items: readonly ShapeModel[] }
  | { readonly kind: "record"; readonly values: ShapeModel }
  | { readonly kind: "union"; readonly members: readonly ShapeModel[] }
  | { readonly kind: "object"; readonly properties: readonly PropertyModel[] }
  | { readonly kind: "date" | "map" | "set" | "bytes" }
  /** A named shape of {@link ShapesModel}, so that recursive types end. */
  | { readonly kind: "reference"; readonly name: string };

export interface PropertyModel {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: ShapeModel;
}

/** The shapes of all document types of a schema. */
export interface ShapesModel {
  /** Shape of each entity's document, by entity name: an object, a union of objects, or a reference to one of these. */
  readonly entities: Readonly<Record<string, ShapeModel>>;
  /** Named shapes: every type that is recursive. */
  readonly named: Readonly<Record<string, ShapeModel>>;
}
