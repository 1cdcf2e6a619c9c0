import { cloneDocument } from "./clone.js";
import { decodeDocument } from "./decode.js";
import { copyDocument, encodeDocument } from "./encode.js";

/**
 * How a backend keeps documents. Every format refuses exactly the same documents, with the same code and message
 * (rule S14), and gives back equal ones (rule S4) that share nothing with what was stored (rule S5).
 */
export interface DocumentFormat<Data> {
  /**
   * What the backend keeps of `document`.
   *
   * @param entity what the document is, for the error
   * @throws StorageError `INVALID_INPUT` or `TOO_LARGE`, naming the place
   */
  encode(document: unknown, entity?: string): Data;
  /**
   * A new document, equal to the one encoded.
   *
   * @throws StorageError `CORRUPT` when `data` is not what {@link encode} returned, as far as it can tell
   */
  decode(data: Data): unknown;
}

/** Documents kept as private objects, for memory. */
export const objectFormat: DocumentFormat<object> = { encode: copyDocument, decode: cloneDocument };

/** Documents kept as text, for databases and files. */
export const textFormat: DocumentFormat<string> = { encode: encodeDocument, decode: decodeDocument };
