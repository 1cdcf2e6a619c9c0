import { cloneDocument } from "./clone.js";
import { decodeDocument } from "./decode.js";
import { copyDocument, encodeDocumentOnce } from "./encode.js";

/** A checked private copy of a document, from which its key is to be read, and what a backend keeps of it. */
export interface EncodedDocument<Data> {
  readonly copy: Readonly<Record<string, unknown>>;
  readonly data: Data;
}

/**
 * How a backend keeps documents. Every format refuses exactly the same documents, with the same code and message
 * (rule S14), and gives back equal ones (rule S4) that share nothing with what was stored (rule S5).
 */
export interface DocumentFormat<Data> {
  /**
   * What the backend keeps of `document`, which is read only once.
   *
   * @param entity what the document is, for the error
   * @throws StorageError `INVALID_INPUT` or `TOO_LARGE`, naming the place
   */
  encode(document: unknown, entity?: string): EncodedDocument<Data>;
  /**
   * A new document, equal to the one encoded.
   *
   * @throws StorageError `CORRUPT` when `data` is not what {@link encode} made, as far as it can tell
   */
  decode(data: Data): unknown;
}

/** Documents kept as private objects, for memory. */
export const objectFormat: DocumentFormat<object> = {
  encode(document, entity) {
    const copy = copyDocument(document, entity);
    return { copy: copy as Record<string, unknown>, data: copy };
  },
  decode: cloneDocument,
};

/** Documents kept as text, for databases and files. */
export const textFormat: DocumentFormat<string> = { encode: encodeDocumentOnce, decode: decodeDocument };
