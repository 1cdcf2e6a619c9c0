import { StorageError } from "../errors.js";
import { renderPath, type Segment } from "./path.js";

/** Why a document is refused: thrown inside a walk only, and turned into a {@link StorageError} at its end. */
export class Refusal {
  constructor(
    readonly code: "INVALID_INPUT" | "TOO_LARGE",
    /** Completes the sentence "`path` …", and never holds a value (rule S17). */
    readonly found: string,
    readonly hint: string,
  ) {}
}

/** Where one walk through one document stands. */
export class Walk {
  /** `path[level]` leads from the container of that level to the value at hand; the document has level 1. */
  readonly path: Segment[] = [];
  /** How many segments of {@link path} are in use, minus the unused place 0. */
  pathLength = 0;
  /** The encoded text will have at least so many bytes. */
  leastBytes = 0;
  /** Whether JSON alone can carry what was seen so far. */
  plain = true;
  /** The containers around the value at hand; kept only while looking for a cycle. */
  ancestors: object[] | undefined;

  /** Ends the walk at `path[1..pathLength]`. */
  refuse(pathLength: number, refusal: Refusal): never {
    this.pathLength = pathLength;
    throw refusal;
  }
}

/** The error for what ended the walk. Anything but a {@link Refusal} was thrown by code inside the document. */
export function toStorageError(thrown: unknown, walk: Walk, entity: string | undefined): StorageError {
  const refusal =
    thrown instanceof Refusal
      ? thrown
      : // Neither the thrown value nor its message is passed on: both may quote the document (rule S17).
        new Refusal(
          "INVALID_INPUT",
          "threw while it was read",
          "Store plain data: no proxies and no code that runs when it is read.",
        );
  const place = walk.pathLength === 0 ? "it" : renderPath(walk.path, walk.pathLength);
  return new StorageError(`${entity ?? "document"} cannot be stored: ${place} ${refusal.found}`, {
    code: refusal.code,
    hint: refusal.hint,
    ...(entity === undefined ? {} : { entity }),
  });
}
