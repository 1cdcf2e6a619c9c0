import type { EntityModel, QueryModel, SelectQueryModel } from "../../model/model.js";
import { boundedSqlName, fileStem, words } from "../../model/names.js";
import { orderPhrase, uniquePhrase } from "../docs.js";
import { type BucketView, type LevelView, bucketViews, levels, mapTypes } from "./buckets.js";
import { type FieldView, type OrderTermView, fieldView, orderTermView } from "./fields.js";
import { type IndexView, type SqliteIndexView, indexView, sqliteIndexes } from "./indexes.js";
import { type MethodView, methodView } from "./methods.js";
import { type KeptReadView, keptReadViews, type QueryView, queryView } from "./queries.js";
import { type RemovalView, removalView, type SelectionView, selectionView } from "./selections.js";
import { type UniqueView, uniqueView } from "./uniques.js";

/** A kind of document. */
export interface EntityView extends Omit<
  EntityModel,
  "key" | "order" | "columns" | "indexes" | "uniques" | "queries" | "removals" | "methods"
> {
  /** `hook manifest` */
  readonly noun: string;
  readonly documentType: string;
  readonly key: readonly FieldView[];
  readonly columns: readonly FieldView[];
  /** Columns that are not part of the key. */
  readonly values: readonly FieldView[];
  readonly order: readonly OrderTermView[];
  readonly hasOrder: boolean;
  /** The first term of the order; null without one. */
  readonly firstOrder: OrderTermView | null;
  /** Whether any list of it answers with documents alone. */
  readonly answersData: boolean;
  /** Whether any of its lists is searched, beyond looking it up. */
  readonly isSearched: boolean;
  /** Whether any list of it is read page by page. */
  readonly hasPages: boolean;
  /** The ordering rule in words. */
  readonly orderDoc: string;
  readonly indexes: readonly IndexView[];
  /** SQLite reads "the last" from the same index as lists. */
  readonly sqliteIndexes: readonly SqliteIndexView[];
  readonly uniques: readonly UniqueView[];
  readonly hasUniques: boolean;
  /** `slug; owner and name`: what no two documents share, in words. */
  readonly uniqueDoc: string;
  readonly methods: readonly MethodView[];
  /** Those that read. */
  readonly reads: readonly MethodView[];
  /** The first method that stores: `storeManifest`. */
  readonly storeMethod: string;
  /** Reads whose callers give all that is compared. */
  readonly queries: readonly QueryView[];
  /** Reads of one document. */
  readonly keptReads: readonly KeptReadView[];
  /** Reads whose callers choose what narrows them. */
  readonly selections: readonly SelectionView[];
  readonly removals: readonly RemovalView[];
  /** `manifest_changed`: what tells of its changes, before the prefix. */
  readonly changedFunction: string;
  /** Whether rows may go one by one, and their number is no longer that of the last. */
  readonly removable: boolean;
  /** `kindOfManifest` */
  readonly documentKind: string;
  /** `manifestDocument` */
  readonly documentFactory: string;
  /** `manifestOrder` */
  readonly orderFactory: string;
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
  const selections = entity.queries.filter(isSelect).map((query) => selectionView(entity, query));
  const methods = entity.methods.map((method) => methodView(entity, method));
  return {
    ...entity,
    noun: words(entity.name),
    documentType: entity.type.name,
    key: entity.key.map(fieldView),
    columns: entity.columns.map(fieldView),
    values: entity.columns.filter((field) => !field.key).map(fieldView),
    order,
    hasOrder: order.length > 0,
    firstOrder: order[0] ?? null,
    answersData:
      entity.queries.some((query) => query.kind === "list") ||
      selections.some((selection) => !selection.isCount && !selection.paged),
    isSearched: selections.some((selection) => !selection.isLength),
    hasPages: selections.some((selection) => selection.paged),
    orderDoc: orderPhrase(entity.order),
    indexes: entity.indexes.map(indexView),
    sqliteIndexes: sqliteIndexes(entity),
    methods,
    reads: methods.filter((method) => !method.isStore && !method.isRemove),
    storeMethod: methods.find((method) => method.isStore)?.name ?? "",
    uniques: entity.uniques.map(uniqueView),
    hasUniques: entity.uniques.length > 0,
    uniqueDoc: uniquePhrase(entity.uniques),
    queries: entity.queries.flatMap((query) => (isSelect(query) ? [] : [queryView(entity, query)])),
    keptReads: keptReadViews(entity),
    selections,
    removals: entity.removals.map((removal) => removalView(entity, removal)),
    changedFunction: boundedSqlName(`${entity.table}_changed`),
    removable: entity.removals.length > 0,
    documentKind: `kindOf${entity.pascal}`,
    documentFactory: `${entity.name}Document`,
    orderFactory: `${entity.name}Order`,
    tableClass: `${entity.pascal}Table`,
    fileStem: fileStem(entity.name),
    keyLevels: levels("this.#rows", entity.key),
    keyTypeOpen: mapTypes(entity.key),
    keyTypeClose: ">".repeat(entity.key.length),
    buckets: bucketViews(entity),
  };
}

function isSelect(query: QueryModel): query is SelectQueryModel {
  return query.kind === "select" || query.kind === "count";
}
