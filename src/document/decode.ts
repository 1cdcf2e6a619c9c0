import { StorageError } from "../errors.js";
import { fromBase64 } from "./base64.js";
import { encodeDocument } from "./encode.js";
import { MAX_DEPTH, MAX_ENCODED_BYTES } from "./limits.js";
import { numberOfName } from "./numbers.js";
import { defineOwn } from "./own.js";
import { TAGGED } from "./text.js";

const { isArray } = Array;
const { keys } = Object;

/** Thrown inside only: {@link decodeDocument} answers every failure alike. */
class Malformed extends Error {}

/** Below this length no text can be nested too deeply. */
const SHORTEST_TOO_DEEP = 2 * MAX_DEPTH;

/**
 * The document that `encodeDocument` wrote as `text`; a new one at each call.
 *
 * Plain JSON objects are read as JSON, so that a person may edit them in the database. The tagged form must be exactly as
 * it is written by `encodeDocument`.
 *
 * @throws StorageError `CORRUPT` for any other text, of which the error holds nothing (rule S17)
 */
export function decodeDocument(text: string): object {
  try {
    return decodeText(text);
  } catch {
    // Not kept as cause: the messages of JSON.parse and BigInt quote the text.
    throw new StorageError("the stored text is not an encoded document", {
      code: "CORRUPT",
      hint: "Restore the row from a backup, or store the document again.",
    });
  }
}

function decodeText(text: string): object {
  if (typeof text !== "string" || text.length > MAX_ENCODED_BYTES) throw new Malformed();
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new Malformed();
  if (!isArray(parsed)) {
    if (text.length > SHORTEST_TOO_DEEP) checkDepth(parsed, 1);
    return parsed;
  }
  if (parsed[0] !== TAGGED) throw new Malformed();
  const document = decodeValue(parsed[1]);
  // Whatever decoding is lenient about, such as depth or the digits of a bigint, shows here.
  if (!isRoot(document) || encodeDocument(document) !== text) throw new Malformed();
  return document;
}

function isRoot(document: unknown): document is object {
  if (typeof document !== "object" || document === null) return false;
  const prototype: unknown = Object.getPrototypeOf(document);
  return prototype === null || prototype === Object.prototype;
}

function checkDepth(container: object, level: number): void {
  if (level > MAX_DEPTH) throw new Malformed();
  for (const value of isArray(container) ? container : Object.values(container)) {
    if (typeof value === "object" && value !== null) checkDepth(value as object, level + 1);
  }
}

function decodeValue(tree: unknown): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (isArray(tree)) return decodeList(tree);
  const names = keys(tree);
  const [name] = names;
  if (name?.startsWith("$") === true && names.length === 1) {
    return decodeTagged(name, (tree as Record<string, unknown>)[name]);
  }
  return decodeObject(Object.entries(tree));
}

function decodeTagged(tag: string, content: unknown): unknown {
  switch (tag) {
    case "$undefined":
      return undefined;
    case "$number":
      return numberOfName(content) ?? fail();
    case "$bigint":
      return typeof content === "string" ? BigInt(content) : fail();
    case "$date":
      return new Date(content === null ? Number.NaN : typeof content === "number" ? content : fail());
    case "$map":
      return new Map(decodeEntries(content));
    case "$set":
      return new Set(decodeList(content));
    case "$bytes":
      return typeof content === "string" ? fromBase64(content) : fail();
    case "$object":
      return decodeObject(isArray(content) ? content : fail());
    case "$null-prototype":
      return decodeNullPrototype(content);
    default:
      return fail();
  }
}

function decodeNullPrototype(content: unknown): object {
  const object = decodeValue(content);
  if (!isRoot(object)) return fail();
  const bare = Object.create(null) as object;
  for (const [key, value] of Object.entries(object)) defineOwn(bare, key, value);
  return bare;
}

function decodeList(list: unknown): unknown[] {
  if (!isArray(list)) return fail();
  return list.map((item) => decodeValue(item));
}

function decodeEntries(list: unknown): [unknown, unknown][] {
  if (!isArray(list)) return fail();
  return list.map((entry: unknown) => {
    if (!isArray(entry) || entry.length !== 2) return fail();
    return [decodeValue(entry[0]), decodeValue(entry[1])];
  });
}

/** Defines each property, so that a stored `__proto__` stays one (rule S18). */
function decodeObject(entries: unknown[]): object {
  const object = {};
  for (const entry of entries) {
    if (!isArray(entry) || typeof entry[0] !== "string") return fail();
    defineOwn(object, entry[0], decodeValue(entry[1]));
  }
  return object;
}

function fail(): never {
  throw new Malformed();
}
