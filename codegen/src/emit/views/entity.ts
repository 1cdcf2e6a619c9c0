import type { EntityModel } from "../../model/model.js";
import { entityNoun, orderPhrase } from "../docs.js";
import { type BucketView, type LevelView, bucketViews, levels, mapTypes } from "./buckets.js";
import { type FieldView, type OrderTermView, fieldView, orderTermView } from "./fields.js";
import { type IndexView, type SqliteIndexView, indexView, sqliteIndexes } from "./indexes.js";
import { type MethodView, methodView } from "./methods.js";
import { type QueryView, queryView } from "./queries.js";

/** A kind of document. */
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

export function entityView(entity: EntityModel): EntityView {
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
    keyLevels: levels("this.#rows", entity.key),
    keyTypeOpen: mapTypes(entity.key),
    keyTypeClose: ">".repeat(entity.key.length),
    buckets: bucketViews(entity),
  };
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
