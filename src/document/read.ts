import { StorageError, type StorageKey } from "../errors.js";
import type { DocumentFormat } from "./format.js";
import type { DocumentKind } from "./kind.js";

/** Decodes a stored document. Throws `CORRUPT`, naming the entity and the key it was asked for by, when that fails. */
export function readDocument<Data>(
  data: Data,
  format: DocumentFormat<Data>,
  kind: DocumentKind,
  key: StorageKey,
): Record<string, unknown> {
  try {
    return format.decode(data, kind) as Record<string, unknown>;
  } catch (error) {
    // The decoder's own error is not kept: it may quote the document (rule S17).
    throw StorageError.is(error) && error.code !== "CORRUPT" ? error : corrupt(kind.name, key, "is damaged");
  }
}

/** The error for a stored document without its own key: something else has written it. */
export function lacksKey(entity: string, key: StorageKey): StorageError {
  return corrupt(entity, key, "lacks its key");
}

function corrupt(entity: string, key: StorageKey, what: string): StorageError {
  return new StorageError(`A stored ${entity} ${what}, found by ${JSON.stringify(key)}`, {
    code: "CORRUPT",
    entity,
    key,
    hint: "Something other than this library has changed the row. Store the document anew, or restore a backup.",
  });
}
