import { defineOwn } from "../../document/own.js";
import { StorageError } from "../../errors.js";

/**
 * A document whose properties have got other names, in their order; the document itself where none had.
 *
 * @throws StorageError `INVALID_INPUT` where it has another property of the new name already
 */
export function renameFields(
  entity: string,
  document: Readonly<Record<string, unknown>>,
  renames: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const fields = Object.keys(document);
  if (!fields.some((field) => Object.hasOwn(renames, field))) return document;
  const renamed = Object.create(Object.getPrototypeOf(document) as object | null) as Record<string, unknown>;
  for (const field of fields) {
    const name = Object.hasOwn(renames, field) ? (renames[field] as string) : field;
    if (Object.hasOwn(renamed, name)) {
      throw new StorageError(`${entity}.${name} is there twice: under its old name, and under its new one`, {
        code: "INVALID_INPUT",
        entity,
      });
    }
    defineOwn(renamed, name, document[field]);
  }
  return renamed;
}
