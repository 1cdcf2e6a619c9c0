import type { BackendDescriptor } from "../backends/descriptor.js";
import type {
  EntityModel,
  FieldModel,
  IndexModel,
  MethodModel,
  Model,
  OrderTermModel,
  QueryModel,
  ScalarKind,
} from "../model/model.js";
import { camelCase, pascalCase } from "../model/names.js";
import { callDoc, entityNoun, orderPhrase } from "./docs.js";

/**
 * What templates see: the model, with every expression and name that emitted code needs already spelled. A template only
 * places them.
 */
export interface SchemaView {
  readonly model: Model;
  readonly names: NamesView;
  /** The document types' names, each once. */
  readonly documentTypes: readonly string[];
  readonly entities: readonly EntityView[];
}

/** The names that follow from the schema's own. */
export interface NamesView {
  /** `storage` */
  readonly module: string;
  /** `Storage` */
  readonly modulePascal: string;
  /** `StorageModule` */
  readonly moduleType: string;
  /** `StorageBackend` */
  readonly backendType: string;
  /** `storageContract` */
  readonly contractFactory: string;
  /** `defineStorage` */
  readonly define: string;
  /** `createInMemoryStorage` */
  readonly inMemoryFactory: string;
  /** Version that modules report: the packages', or `0.0.0` for a plain folder. */
  readonly version: string;
}

export interface FieldView extends FieldModel {
  /** `string`, or `number | null` where a document may lack it. */
  readonly rowType: string;
  /** The kit's check when storing: `keyString`, `indexedNumber`. */
  readonly storedCheck: string;
  /** The kit's comparison: `compareNumbers`. */
  readonly compare: string;
  /** Whether it may be null in a row: every field that is not part of the key. */
  readonly nullable: boolean;
  /** The column's type in each SQL dialect. */
  readonly columnType: { readonly sqlite: string; readonly postgres: string };
  /** The type of an array of its values. */
  readonly arrayType: { readonly postgres: string };
  readonly isText: boolean;
  /** Expressions of the value that each dialect binds, out of `row` and out of a read's argument. */
  readonly bind: { readonly sqlite: { readonly row: string; readonly argument: string } };
}

export interface OrderTermView extends OrderTermModel {
  readonly field: FieldView;
  readonly descending: boolean;
}

export interface ArgumentView {
  /** `handlerId`: the field's name is the argument's. */
  readonly name: string;
  readonly field: FieldView;
  readonly kind: ScalarKind;
  readonly position: number;
}

export interface QueryView extends Omit<QueryModel, "where" | "order"> {
  readonly isList: boolean;
  readonly isKey: boolean;
  readonly isLast: boolean;
  readonly args: readonly ArgumentView[];
  readonly order: readonly OrderTermView[];
  /** The order of "the last": each direction turned. */
  readonly reversed: readonly OrderTermView[];
  /** `handlerId: string, version: string` */
  readonly signature: string;
  /** `handlerId, version` */
  readonly argNames: string;
  /** In-memory member that answers it: `byHandlerId`; empty for `key`. */
  readonly bucket: string;
  /** For `last` on SQLite: the columns to be greatest in, each with arguments of its own. */
  readonly lastTerms: readonly { readonly column: string; readonly args: readonly ArgumentView[] }[];
  /** What a call binds on SQLite: `handlerId, handlerId` where the arguments come twice. */
  readonly sqliteBinding: string;
  readonly doc: string;
}

export interface ParamView {
  readonly name: string;
  /** `idKey`: the checked value. */
  readonly local: string;
  readonly field: FieldView;
  /** `lookupString` */
  readonly check: string;
  readonly optional: boolean;
  readonly isString: boolean;
}

export interface MethodView {
  readonly name: string;
  readonly kind: MethodModel["kind"];
  readonly isStore: boolean;
  readonly isGet: boolean;
  readonly isList: boolean;
  readonly documentType: string;
  /** `id, version` */
  readonly paramNames: string;
  /** Parameter of a store; empty otherwise. */
  readonly param: string;
  readonly params: readonly ParamView[];
  /** All parameters but an optional one. */
  readonly required: readonly ParamView[];
  readonly optional: ParamView | null;
  readonly query: string;
  /** `idKey, versionKey`, in the order of the query's arguments. */
  readonly queryArgs: string;
  readonly lastQuery: string | null;
  readonly lastArgs: string;
  readonly miss: string;
  /** A miss other than what the backend answers anyhow. */
  readonly missIsNull: boolean;
}

/** One level of nested maps. */
export interface LevelView {
  readonly field: FieldView;
  /** Expression of the map at this level. */
  readonly map: string;
  /** Variable for the next level's map; empty at the last. */
  readonly next: string;
  readonly isLast: boolean;
}

/** An ordered list in memory, for one combination of fields looked up by. */
export interface BucketView {
  /** `byHandlerId` */
  readonly member: string;
  /** `#listByHandlerId` without the mark. */
  readonly locate: string;
  /** `Map<string, SortedList<…>>` with `LIST` for the list's type. */
  readonly levels: readonly LevelView[];
  readonly hasFields: boolean;
  /** Type before the list: `Map<string, Map<string, `. */
  readonly typeOpen: string;
  readonly typeClose: string;
  /** `handlerId: string` of each argument. */
  readonly signature: string;
}

/** An index of a table on SQLite. */
export interface SqliteIndexView {
  readonly name: string;
  /** `handler_id`, `created_at desc`. */
  readonly terms: readonly string[];
}

/** An index of a table on PostgreSQL. */
export interface IndexView {
  readonly name: string;
  /** `"handler_id"`, `"created_at" desc nulls last`: PostgreSQL puts absent values last unless told. */
  readonly postgresTerms: readonly string[];
}

export interface EntityView extends Omit<
  EntityModel,
  "key" | "order" | "columns" | "indexes" | "queries" | "methods"
> {
  /** `a handler manifest` */
  readonly noun: string;
  readonly documentType: string;
  readonly key: readonly FieldView[];
  readonly columns: readonly FieldView[];
  /** Columns that are not part of the key. */
  readonly values: readonly FieldView[];
  readonly order: readonly OrderTermView[];
  readonly hasOrder: boolean;
  /** The ordering rule in words. */
  readonly orderDoc: string;
  readonly indexes: readonly IndexView[];
  /** SQLite reads "the last" from the same index as lists. */
  readonly sqliteIndexes: readonly SqliteIndexView[];
  readonly methods: readonly MethodView[];
  /** The first method that stores: `storeManifest`. */
  readonly storeMethod: string;
  readonly queries: readonly QueryView[];
  /** `manifestDocument` */
  readonly documentFactory: string;
  /** `ManifestTable` */
  readonly tableClass: string;
  /** `hook-manifest`: its part of a file's name. */
  readonly fileStem: string;
  readonly keyLevels: readonly LevelView[];
  readonly keyTypeOpen: string;
  readonly keyTypeClose: string;
  readonly buckets: readonly BucketView[];
}

/** A backend's facts, with the names that follow from them and the schema's. */
export interface BackendView extends BackendDescriptor {
  /** `createBetterSqliteStorage` */
  readonly factory: string;
  /** `BetterSqliteStorageOptions` */
  readonly optionsType: string;
}

export function backendView(view: SchemaView, descriptor: BackendDescriptor): BackendView {
  return {
    ...descriptor,
    factory: `create${descriptor.stem}${view.names.modulePascal}`,
    optionsType: `${descriptor.stem}${view.names.modulePascal}Options`,
  };
}

export function schemaView(model: Model): SchemaView {
  return {
    model,
    names: namesView(model),
    documentTypes: [...new Set(model.entities.map((entity) => entity.type.name))].toSorted(),
    entities: model.entities.map(entityView),
  };
}

function namesView(model: Model): NamesView {
  const modulePascal = pascalCase(model.module);
  return {
    module: model.module,
    modulePascal,
    moduleType: `${modulePascal}Module`,
    backendType: `${modulePascal}Backend`,
    contractFactory: `${camelCase(model.module)}Contract`,
    define: `define${modulePascal}`,
    inMemoryFactory: `createInMemory${modulePascal}`,
    version: model.packages?.version ?? "0.0.0",
  };
}

function entityView(entity: EntityModel): EntityView {
  const order = entity.order.map(orderTermView);
  return {
    ...entity,
    noun: entityNoun(entity),
    documentType: entity.type.name,
    key: entity.key.map(fieldView),
    columns: entity.columns.map(fieldView),
    values: entity.columns.filter((field) => !field.key).map(fieldView),
    order,
    hasOrder: order.length > 0,
    orderDoc: orderPhrase(entity.order),
    indexes: entity.indexes.map(indexView),
    sqliteIndexes: sqliteIndexes(entity),
    methods: entity.methods.map((method) => methodView(entity, method)),
    storeMethod: entity.methods.find((method) => method.kind === "store")?.name ?? "",
    queries: entity.queries.map((query) => queryView(entity, query)),
    documentFactory: `${entity.name}Document`,
    tableClass: `${entity.pascal}Table`,
    fileStem: kebab(entity.name),
    keyLevels: levels("this.#byKey", entity.key),
    keyTypeOpen: mapTypes(entity.key),
    keyTypeClose: ">".repeat(entity.key.length),
    buckets: bucketViews(entity),
  };
}

function fieldView(field: FieldModel): FieldView {
  const kind = pascalCase(field.kind);
  return {
    ...field,
    rowType: field.key ? field.kind : `${field.kind} | null`,
    storedCheck: `${field.key ? "key" : "indexed"}${kind}`,
    compare: `compare${kind}s`,
    nullable: !field.key,
    columnType: { sqlite: SQLITE_TYPES[field.kind], postgres: POSTGRES_TYPES[field.kind] },
    arrayType: { postgres: `${POSTGRES_TYPES[field.kind]}[]` },
    isText: field.kind === "string",
    bind: {
      sqlite: {
        row: sqliteValue(`row.${field.name}`, field),
        argument: sqliteValue(field.name, field, true),
      },
    },
  };
}

const POSTGRES_TYPES: Readonly<Record<ScalarKind, string>> = {
  string: "text",
  number: "double precision",
  boolean: "boolean",
};

/** SQLite drivers bind no booleans. */
function sqliteValue(expression: string, field: FieldModel, present = field.key): string {
  if (field.kind !== "boolean") return expression;
  return present ? `Number(${expression})` : `${expression} === null ? null : Number(${expression})`;
}

/** SQLite has no booleans of its own: 0 and 1, whose order is that of `false` and `true`. */
const SQLITE_TYPES: Readonly<Record<ScalarKind, string>> = {
  string: "text",
  number: "real",
  boolean: "integer",
};

function orderTermView(term: OrderTermModel): OrderTermView {
  return { ...term, field: fieldView(term.field), descending: term.direction === "desc" };
}

function indexView(index: IndexModel): IndexView {
  const order = index.order.map(orderTermView).map((term) => (index.use === "last" ? reverse(term) : term));
  return {
    name: index.name,
    postgresTerms: [
      ...index.fields.map((field) => `"${field.column}"`),
      ...order.map(
        (term) => `"${term.field.column}" ${term.descending ? "desc nulls last" : "asc nulls first"}`,
      ),
    ],
  };
}

function sqliteIndexes(entity: EntityModel): SqliteIndexView[] {
  const indexes = new Map<string, SqliteIndexView>();
  // Lists last, so that theirs are the names that remain.
  for (const index of entity.indexes.toSorted((a, b) => (a.use < b.use ? 1 : -1))) {
    const terms = [
      ...index.fields.map((field) => field.column),
      ...index.order.map((term) => `${term.field.column}${term.direction === "desc" ? " desc" : ""}`),
    ];
    indexes.set(terms.join(), { name: index.name, terms });
  }
  return [...indexes.values()];
}

function reverse(term: OrderTermView): OrderTermView {
  return { ...term, direction: term.descending ? "asc" : "desc", descending: !term.descending };
}

function queryView(entity: EntityModel, query: QueryModel): QueryView {
  const order = query.order.map(orderTermView);
  const args = query.where.map((field, position): ArgumentView => ({
    name: field.name,
    field: fieldView(field),
    kind: field.kind,
    position,
  }));
  const lastTerms = (query.kind === "last" ? order : []).map((term, index) => ({
    column: term.field.column,
    args: args.map((arg) => ({ ...arg, position: args.length * (index + 1) + arg.position })),
  }));
  const binding = args.map((arg) => arg.field.bind.sqlite.argument);
  return {
    name: query.name,
    kind: query.kind,
    index: query.index,
    isKey: query.kind === "key",
    isLast: query.kind === "last",
    isList: query.kind === "list",
    args,
    order,
    reversed: order.map(reverse),
    signature: query.where.map((field) => `${field.name}: ${field.kind}`).join(", "),
    argNames: query.where.map((field) => field.name).join(", "),
    bucket: query.kind === "key" ? "" : bucketMember(query.where),
    lastTerms,
    sqliteBinding: [binding, ...lastTerms.map(() => binding)].flat().join(", "),
    doc: callDoc(entity, query),
  };
}

function methodView(entity: EntityModel, method: MethodModel): MethodView {
  const params = method.kind === "store" ? [] : method.params.map(paramView);
  const optional = params.find((param) => param.optional) ?? null;
  const query = method.kind === "store" ? undefined : findQuery(entity, method.query);
  const last =
    method.kind === "get" && method.lastQuery !== null ? findQuery(entity, method.lastQuery) : undefined;
  const localOf = (field: FieldModel): string =>
    params.find((param) => param.field.name === field.name)?.local ?? "";
  const miss = method.kind === "get" ? method.miss : "undefined";
  return {
    name: method.name,
    kind: method.kind,
    isStore: method.kind === "store",
    isGet: method.kind === "get",
    isList: method.kind === "list",
    documentType: entity.type.name,
    paramNames: method.kind === "store" ? method.param : params.map((param) => param.name).join(", "),
    param: method.kind === "store" ? method.param : "",
    params,
    required: params.filter((param) => !param.optional),
    optional,
    query: query?.name ?? "",
    queryArgs: query?.where.map(localOf).join(", ") ?? "",
    lastQuery: last?.name ?? null,
    lastArgs: last?.where.map(localOf).join(", ") ?? "",
    miss,
    missIsNull: miss === "null",
  };
}

function paramView(param: { name: string; field: FieldModel; optional: boolean }): ParamView {
  return {
    name: param.name,
    local: `${param.name}Key`,
    field: fieldView(param.field),
    check: `lookup${pascalCase(param.field.kind)}`,
    optional: param.optional,
    isString: param.field.kind === "string",
  };
}

function findQuery(entity: EntityModel, name: string): QueryModel {
  const query = entity.queries.find((item) => item.name === name);
  if (query === undefined) throw new Error(`the model of ${entity.name} lacks its query ${name}`);
  return query;
}

/** In memory one list serves both directions, so there is one for each combination of fields. */
function bucketViews(entity: EntityModel): BucketView[] {
  const buckets = new Map<string, BucketView>();
  for (const query of entity.queries) {
    if (query.kind === "key") continue;
    const member = bucketMember(query.where);
    buckets.set(member, {
      member,
      locate: `list${pascalCase(member)}`,
      levels: levels(`this.#${member}`, query.where),
      hasFields: query.where.length > 0,
      typeOpen: mapTypes(query.where),
      typeClose: ">".repeat(query.where.length),
      signature: query.where.map((field) => `${field.name}: ${fieldView(field).rowType}`).join(", "),
    });
  }
  return [...buckets.values()];
}

function bucketMember(fields: readonly FieldModel[]): string {
  return fields.length === 0 ? "inOrder" : `by${fields.map((field) => pascalCase(field.name)).join("")}`;
}

function levels(root: string, fields: readonly FieldModel[]): LevelView[] {
  return fields.map((field, depth) => ({
    field: fieldView(field),
    map: depth === 0 ? root : `at${pascalCase(fields[depth - 1]?.name ?? "")}`,
    next: depth === fields.length - 1 ? "" : `at${pascalCase(field.name)}`,
    isLast: depth === fields.length - 1,
  }));
}

function mapTypes(fields: readonly FieldModel[]): string {
  return fields.map((field) => `Map<${fieldView(field).rowType}, `).join("");
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
