import {
  indexedBoolean,
  indexedNumber,
  indexedString,
  keyBoolean,
  keyNumber,
  keyString,
} from "../../keys/stored.js";
import type { UpgradedColumn } from "./upgrade.js";

export type ScalarKind = "string" | "number" | "boolean";

export type ColumnValue = string | number | boolean | null;

/** The checks that storing a document makes, too (rules S1 and S14). */
const KEY = { string: keyString, number: keyNumber, boolean: keyBoolean };
const INDEXED = { string: indexedString, number: indexedNumber, boolean: indexedBoolean };

/**
 * What a document has for a column.
 *
 * @throws StorageError `INVALID_INPUT`, naming the field, for what could not be stored
 */
export function columnValue(
  entity: string,
  { field, kind, key }: UpgradedColumn,
  document: Readonly<Record<string, unknown>>,
): ColumnValue {
  return (key ? KEY : INDEXED)[kind](
    entity,
    field,
    Object.hasOwn(document, field) ? document[field] : undefined,
  );
}
