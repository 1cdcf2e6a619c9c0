import type { EntityModel, Model, OrderTermModel, ScalarKind } from "../model/model.js";
import type { EntityWords, Words } from "./words.js";

/**
 * What databases of one schema version look like, as far as later versions need to know: neither documentation nor methods, nor
 * the lines of the spec. Plain data in a fixed order, so that it can be recorded and compared. It says again
 * what the model says, since the model may change, and what was recorded may not.
 */
export interface Layout {
  readonly name: string;
  readonly version: number;
  /** The oldest version whose code may go on using a database of this one. */
  readonly readableFrom: number;
  readonly entities: readonly EntityLayout[];
  /** Entities of the version before that were given up. */
  readonly removedEntities: readonly string[];
}

export interface EntityLayout extends EntityWords {
  readonly name: string;
  /** Without the prefix, as all names here. */
  readonly table: string;
  /** Fields of the key, in order. */
  readonly key: readonly string[];
  readonly columns: readonly ColumnLayout[];
  readonly order: readonly TermLayout[];
  readonly indexes: readonly IndexLayout[];
  readonly uniques: readonly UniqueLayout[];
  /** Whether documents go one by one: some databases then keep count of them in another way. */
  readonly removable: boolean;
}

export interface ColumnLayout {
  readonly field: string;
  readonly column: string;
  readonly kind: ScalarKind;
}

export interface TermLayout {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

export interface IndexLayout {
  readonly name: string;
  readonly fields: readonly string[];
  readonly order: readonly TermLayout[];
  readonly use: string;
}

/** Fields that no two documents share. */
export interface UniqueLayout {
  readonly name: string;
  readonly fields: readonly string[];
}

export function layoutOf(model: Model, words: Words): Layout {
  return {
    name: model.name,
    version: model.version,
    readableFrom: words.readableFrom ?? model.version,
    entities: model.entities.map((entity) => entityLayout(entity, words.entities.get(entity.name))),
    removedEntities: words.removedEntities,
  };
}

function entityLayout(entity: EntityModel, words: EntityWords | undefined): EntityLayout {
  return {
    name: entity.name,
    table: entity.table,
    key: entity.key.map((field) => field.name),
    columns: entity.columns.map(({ name, column, kind }) => ({ field: name, column, kind })),
    order: entity.order.map(termLayout),
    indexes: entity.indexes.map((index) => ({
      name: index.name,
      fields: index.fields.map((field) => field.name),
      order: index.order.map(termLayout),
      use: index.use,
    })),
    uniques: entity.uniques.map(({ name, fields }) => ({ name, fields: fields.map((field) => field.name) })),
    removable: entity.removals.length > 0,
    ...words,
  };
}

function termLayout({ field, direction }: OrderTermModel): TermLayout {
  return { field: field.name, direction };
}
