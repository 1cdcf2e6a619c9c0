import { cloneDocument } from "./clone.js";

/** A document or an object in it, of which nothing is known but that it was checked. */
export type Fields = Record<string, unknown>;

/**
 * What is known of the documents of one entity before there is any: emitted for the entity's type. Both functions trust the
 * document to have been checked and copied, or decoded.
 */
export interface DocumentKind {
  /** What it is called in errors. */
  readonly name: string;
  /** Whether all objects and arrays of the document stand where the type has them, so that {@link copy} copies all of them. */
  fits(document: object): boolean;
  /** A deep copy of a document that {@link fits}, equal to it to the order of its properties. */
  copy(document: object): unknown;
}

/** Documents of which nothing is known. */
export function anyKind(name: string): DocumentKind {
  return { name, fits: () => true, copy: cloneDocument };
}

/** A document that does not fit its type. */
class Unfit {
  constructor(readonly document: object) {}
}

/**
 * Makes a checked document, which must be nobody else's from now on, one to be kept in memory, whoever keeps it. What it answers is
 * read by {@link copyKept} alone, with the same kind.
 */
export function keepDocument(document: object, kind: DocumentKind): object {
  return kind.fits(document) ? document : new Unfit(document);
}

/** A new copy of a kept document for each reader (rule S5). */
export function copyKept(kept: object, kind: DocumentKind): object {
  return (kept instanceof Unfit ? cloneDocument(kept.document) : kind.copy(kept)) as object;
}
