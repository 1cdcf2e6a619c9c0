import { copyPlain } from "./plain.js";
import { walkDocument, type Walked } from "./copy.js";
import { isTooLarge, mayBeTooLarge } from "./limits.js";
import { TOO_LARGE } from "./refusals.js";
import { taggedText, valueText } from "./text.js";
import { toStorageError } from "./walk.js";

function textOf({ copy, walk }: Walked, entity: string | undefined): string {
  const text = walk.plain ? plainText(copy) : taggedText(copy);
  if (isTooLarge(text)) throw toStorageError(TOO_LARGE, walk, entity);
  return text;
}

function plainText(copy: object): string {
  // A `toJSON` that somebody put on a built-in prototype would rewrite the document.
  return "toJSON" in Array.prototype ? valueText(copy) : JSON.stringify(copy);
}

/**
 * A private, deep, checked copy of a document (rules S4, S5): what comes back is equal to it, property order and
 * prototypes of this realm included, and shares nothing with it.
 *
 * @param entity what the document is, for the error
 * @throws StorageError `INVALID_INPUT` for what cannot be stored without loss, and `TOO_LARGE` for more than `MAX_DEPTH`
 * levels or `MAX_ENCODED_BYTES`; the message names the place, such as `transformations[0].details.fn`, never the value
 */
export function copyDocument(document: unknown, entity?: string): object {
  const plain = copyPlain(document);
  if (plain !== undefined) return plain;
  const walked = walkDocument(document, entity);
  if (mayBeTooLarge(walked.walk.leastBytes)) textOf(walked, entity);
  return walked.copy;
}

/**
 * The text of a document: `JSON.stringify(document)` when it is plain JSON, and so an object (`{…}`); otherwise an array
 * (`[…]`) with special values tagged, see `text.ts`. Always well-formed JSON without lone surrogates.
 *
 * @param entity what the document is, for the error
 * @throws StorageError for the same documents, with the same code and message, as {@link copyDocument}
 */
export function encodeDocument(document: unknown, entity?: string): string {
  return encodeDocumentOnce(document, entity).data;
}

/** Both at once, of a single reading of the document: see {@link copyDocument} and {@link encodeDocument}. */
export function encodeDocumentOnce(
  document: unknown,
  entity?: string,
): { copy: Record<string, unknown>; data: string } {
  const plain = copyPlain(document);
  if (plain !== undefined) return { copy: plain, data: plainText(plain) };
  const walked = walkDocument(document, entity);
  return { copy: walked.copy as Record<string, unknown>, data: textOf(walked, entity) };
}
