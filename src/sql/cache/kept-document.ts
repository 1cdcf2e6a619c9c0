import { decodeDocument } from "../../document/decode.js";
import { type DocumentFormat, textFormat } from "../../document/format.js";
import { anyKind, copyKept, type DocumentKind, keepDocument } from "../../document/kind.js";

const ANY = anyKind("document");

/** A document in a cache: its text until somebody reads it, from then on the document itself. */
export class KeptDocument {
  #text: string;
  #kept: object | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * A copy of its own for each reader (rule S5).
   *
   * @throws StorageError `CORRUPT` when the text is not what `encodeDocument` wrote
   */
  read(kind: DocumentKind = ANY): unknown {
    if (this.#kept === undefined) {
      this.#kept = keepDocument(decodeDocument(this.#text), kind);
      this.#text = "";
    }
    return copyKept(this.#kept, kind);
  }
}

/** Documents as a backend with a cache answers: as text, or as it keeps them. They are stored as text. */
export const keptFormat: DocumentFormat<string | KeptDocument> = {
  encode: textFormat.encode,
  decode: (data, kind) => (typeof data === "string" ? textFormat.decode(data) : data.read(kind)),
};
