import { decodeDocument } from "./decode.js";
import { copyDocument, encodeDocumentOnce } from "./encode.js";
import { anyKind, copyKept, type DocumentKind, keepDocument } from "./kind.js";

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
   * What the backend keeps of `document`.
   *
   * @param kind what the document is; nothing is known of it unless given
   * @throws StorageError `INVALID_INPUT` or `TOO_LARGE`, naming the place
   */
  encode(document: unknown, kind?: DocumentKind): EncodedDocument<Data>;
  /**
   * A new document, equal to the one encoded.
   *
   * @param kind the one that it was encoded with
   * @throws StorageError `CORRUPT` when `data` is not what {@link encode} made, as far as it can tell
   */
  decode(data: Data, kind?: DocumentKind): unknown;
}

const ANY = anyKind("document");

/** Documents kept as private objects, for memory. */
export const objectFormat: DocumentFormat<object> = {
  encode(document, kind = ANY) {
    const copy = copyDocument(document, kind.name);
    return { copy: copy as Record<string, unknown>, data: keepDocument(copy, kind) };
  },
  decode: (data, kind = ANY) => copyKept(data, kind),
};

/** Documents kept as text, for databases and files. */
export const textFormat: DocumentFormat<string> = {
  encode: (document, kind = ANY) => encodeDocumentOnce(document, kind.name),
  decode: (text) => decodeDocument(text),
};
