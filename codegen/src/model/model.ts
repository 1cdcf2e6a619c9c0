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
  /** The spec's path relative to the output folder's root, with `/`, such as `schema/gati.ts`; for banners and docstrings. */
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
   * A package specifier such as `@gati-framework/runtime`, or for a file of the project a path relative to the spec's root
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
  readonly methods: readonly MethodModel[];
  /** The reads that a backend implements, in the order of the methods that need them. */
  readonly queries: readonly QueryModel[];
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
  /** In-memory member: `byHandlerId`; `all` when `fields` is empty. */
  readonly member: string;
  /** Whether it serves lists (`forward`) or "the last" (`last`: the order reversed, ties still by position ascending). */
  readonly use: "forward" | "last";
}

/** One read of a backend, its arguments already checked. */
export interface QueryModel {
  /** `getManifest`, `getManifestLast`, `getAllManifestVersions`: a member of the backend. */
  readonly name: string;
  /** `key`: one row by its whole key; `last`: the last in order among those that match; `list`: all that match, in order. */
  readonly kind: "key" | "last" | "list";
  readonly where: readonly FieldModel[];
  /** The ordering rule for `last` and `list`; empty for `key`. */
  readonly order: readonly OrderTermModel[];
  /** Name of the index in `indexes`; null for `key`, and for a list of everything by position. */
  readonly index: string | null;
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
  /** The query by the whole key. */
  readonly query: string;
  /** The query without the optional parameter; null when there is none. */
  readonly lastQuery: string | null;
  readonly miss: "undefined" | "null";
}

export interface ListMethodModel extends MethodBase {
  readonly kind: "list";
  readonly params: readonly ParamModel[];
  readonly query: string;
}

export type MethodModel = StoreMethodModel | GetMethodModel | ListMethodModel;

/** The shape of a document type, for what is derived from it: arbitraries now, specialised copies later. */
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
