import { toBase64 } from "./base64.js";
import { isPlainNumber, nameOfNumber } from "./numbers.js";

/** The first element of the text of a document that is not plain JSON. */
export const TAGGED = "storage-document@1";

const { getPrototypeOf, keys } = Object;
const { isArray } = Array;
const OBJECT = Object.prototype;

/**
 * The text of a copied document that JSON alone cannot carry: a JSON array of {@link TAGGED} and the document, in which
 *
 * | value | is written as |
 * | --- | --- |
 * | `undefined` | `{"$undefined":true}` |
 * | `NaN`, `Infinity`, `-Infinity`, `-0` | `{"$number":"NaN"}` … |
 * | bigint | `{"$bigint":"123"}` |
 * | `Date` | `{"$date":milliseconds}`, of an invalid one `{"$date":null}` |
 * | `Map` | `{"$map":[[key,value],…]}` |
 * | `Set` | `{"$set":[item,…]}` |
 * | `Uint8Array` | `{"$bytes":"base64"}` |
 * | an object without a prototype | `{"$null-prototype":object}` |
 * | an object with a key that starts with `$` | `{"$object":[[key,value],…]}` |
 */
export function taggedText(document: object): string {
  return `["${TAGGED}",${valueText(document)}]`;
}

/**
 * The text of one copied value. It is what `JSON.stringify` gives where there is nothing to tag, and calls no `toJSON`.
 */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return isPlainNumber(value) ? String(value) : `{"$number":"${nameOfNumber(value)}"}`;
    case "bigint":
      return `{"$bigint":"${value}"}`;
    case "undefined":
      return '{"$undefined":true}';
    case "object":
      return value === null ? "null" : containerText(value);
    default:
      return String(value);
  }
}

function containerText(value: object): string {
  if (isArray(value)) return listText(value);
  const prototype: unknown = getPrototypeOf(value);
  if (prototype === OBJECT) return objectText(value as Record<string, unknown>);
  if (prototype === null) return `{"$null-prototype":${objectText(value as Record<string, unknown>)}}`;
  if (value instanceof Date) {
    const time = value.getTime();
    return `{"$date":${Number.isNaN(time) ? "null" : time}}`;
  }
  if (value instanceof Uint8Array) return `{"$bytes":"${toBase64(value)}"}`;
  if (value instanceof Set) return `{"$set":${listText(value)}}`;
  return `{"$map":${listText(value as Map<unknown, unknown>)}}`;
}

function listText(items: Iterable<unknown>): string {
  let text = "";
  for (const item of items) text += text === "" ? valueText(item) : `,${valueText(item)}`;
  return `[${text}]`;
}

function objectText(object: Record<string, unknown>): string {
  const names = keys(object);
  const tagLike = names.some((name) => name.startsWith("$"));
  let text = "";
  for (const name of names) {
    const key = JSON.stringify(name);
    const value = valueText(object[name]);
    if (text !== "") text += ",";
    text += tagLike ? `[${key},${value}]` : `${key}:${value}`;
  }
  return tagLike ? `{"$object":[${text}]}` : `{${text}}`;
}
