import { Refusal } from "./walk.js";

const { getPrototypeOf, hasOwn, getOwnPropertyDescriptor } = Object;

/** The name of the built-in class that made `value`, read from its inner slots or prototype; `undefined` if none. */
const toStringTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)
  ?.get as (this: unknown) => string | undefined;

/** The kind of typed array that `value` is, whatever its prototype and realm; `undefined` when it is none. */
export function typedArrayKind(value: object): string | undefined {
  return toStringTag.call(value);
}

/** Whether `prototype` is the `name.prototype` of another realm, such as a `node:vm` context or a test runner's. */
export function isForeignPrototype(prototype: object, name: string): boolean {
  const constructor: unknown = getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof constructor !== "function" || constructor.prototype !== prototype) return false;
  const source = Function.prototype.toString.call(constructor).replaceAll(/\s+/g, " ");
  return source === `function ${name}() { [native code] }`;
}

const HINTS: Readonly<Record<string, string>> = {
  Array: "Store an ordinary array: Array.from(it).",
  Boolean: "Store the primitive: its valueOf().",
  Number: "Store the primitive: its valueOf().",
  String: "Store the primitive: its valueOf().",
  BigInt: "Store the primitive: its valueOf().",
  Symbol: "Leave it out: a symbol means nothing outside its process.",
  RegExp: "Store its source and its flags as strings.",
  Error: "Store its name and its message as strings.",
  Promise: "Await it first, and store its result.",
  Map: "Store an ordinary map: new Map(it).",
  Set: "Store an ordinary set: new Set(it).",
  Date: "Store an ordinary date: new Date(it).",
};

function className(value: object): string {
  const prototype: unknown = getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null || !hasOwn(prototype, "constructor")) return "";
  const constructor: unknown = getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof constructor !== "function") return "";
  const name: unknown = getOwnPropertyDescriptor(constructor, "name")?.value;
  return typeof name === "string" ? name.slice(0, 64) : "";
}

/** Why an object whose prototype is no plain one cannot be stored, and what can be stored instead. */
export function refuseInstance(value: object): Refusal {
  const name = className(value);
  if (name === "Buffer") {
    return new Refusal("INVALID_INPUT", "is a Buffer", "Store its bytes: new Uint8Array(buffer).");
  }
  const kind = typedArrayKind(value);
  if (kind !== undefined) {
    const found = `is a ${name === "" || name === kind ? kind : `${name}, a kind of ${kind}`}`;
    return new Refusal("INVALID_INPUT", found, "Store a Uint8Array of its bytes, or Array.from(it).");
  }
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const builtIn = hasOwn(HINTS, name) ? name : tag;
  const hint = hasOwn(HINTS, builtIn) ? HINTS[builtIn] : undefined;
  return new Refusal(
    "INVALID_INPUT",
    name === "" ? "is an object with a prototype of its own" : `is an instance of ${name}`,
    hint ?? "Store a plain object with its data: {...it}.",
  );
}
