const { getPrototypeOf, hasOwn } = Object;
const { isArray } = Array;
const OBJECT = Object.prototype;

function cloneObject(object: Record<string, unknown>): object {
  // Spreading defines properties, so it neither runs setters nor changes a prototype (rule S18).
  const clone: Record<string, unknown> = { ...object };
  for (const key in clone) {
    const value = clone[key];
    if (typeof value === "object" && value !== null && hasOwn(clone, key)) clone[key] = cloneContainer(value);
  }
  return clone;
}

function cloneArray(array: readonly unknown[]): object {
  const clone = array.slice();
  for (let index = 0; index < clone.length; index++) {
    const value = clone[index];
    if (typeof value === "object" && value !== null) clone[index] = cloneContainer(value);
  }
  return clone;
}

const cloneValue = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? cloneContainer(value) : value;

function cloneSpecial(value: object): object {
  if (value instanceof Date) return new Date(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Set) {
    const clone = new Set();
    for (const item of value) clone.add(cloneValue(item));
    return clone;
  }
  if (value instanceof Map) {
    const clone = new Map();
    for (const [key, item] of value) clone.set(cloneValue(key), cloneValue(item));
    return clone;
  }
  const clone = cloneObject(value as Record<string, unknown>);
  return Object.assign(Object.create(null) as object, clone);
}

function cloneContainer(value: object): object {
  if (isArray(value)) return cloneArray(value);
  return getPrototypeOf(value) === OBJECT
    ? cloneObject(value as Record<string, unknown>)
    : cloneSpecial(value);
}

/** A deep copy of what `copyDocument` or `decodeDocument` returned (rule S5). Trusts it: nothing is checked. */
export function cloneDocument<T>(document: T): T {
  return cloneValue(document) as T;
}
