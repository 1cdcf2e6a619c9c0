import type { FieldModel, OrderTermModel, ScalarKind } from "../../model/model.js";
import { pascalCase } from "../../model/names.js";

/** A field, with what each backend makes of it. */
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
  /** Its value in a place: `place[0] as IndexValue<number>`. */
  readonly placeValue: string;
}

export function fieldView(field: FieldModel): FieldView {
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

export function orderTermView(term: OrderTermModel, index: number): OrderTermView {
  return {
    ...term,
    field: fieldView(term.field),
    descending: term.direction === "desc",
    placeValue: `place[${index}] as IndexValue<${term.field.kind}>`,
  };
}

/** The same term, in the other direction. */
export function reverse(term: OrderTermView): OrderTermView {
  return { ...term, direction: term.descending ? "asc" : "desc", descending: !term.descending };
}

/** SQLite has no booleans of its own: 0 and 1, whose order is that of `false` and `true`. */
const SQLITE_TYPES: Readonly<Record<ScalarKind, string>> = {
  string: "text",
  number: "real",
  boolean: "integer",
};

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
