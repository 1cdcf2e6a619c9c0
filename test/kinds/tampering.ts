import { cloneDocument } from "@gati-framework/storage-kit";
import * as fc from "fast-check";

/** One edit of one place of a document. */
interface Edit {
  /** Which container, counted through the document. */
  readonly container: number;
  /** Which of its properties or elements. */
  readonly member: number;
  readonly what: "add" | "replace" | "remove" | "move to the end" | "share";
  readonly name: string;
  readonly value: unknown;
}

const value = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, "text", 1, -0, 7n, true),
  fc
    .constantFrom<() => unknown>(
      () => ({}),
      () => [],
      () => ({ deep: { er: [{}] } }),
      () => [[1], { a: {} }],
      () => new Date(5),
      () => new Map([[{}, []]]),
      () => new Set([{}]),
      () => new Uint8Array([1, 2]),
      () => Object.assign(Object.create(null) as object, { bare: {} }),
      () => JSON.parse('{"__proto__":{"own":[]}}') as unknown,
    )
    .map((make) => make()),
);

/** Edits after which most documents no longer fit their type, but can still be stored. */
export const tampering: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    container: fc.nat(12),
    member: fc.nat(8),
    what: fc.constantFrom("add", "replace", "remove", "move to the end", "share"),
    name: fc.constantFrom("extra", "__proto__", "constructor", "length", "0", "details", "items"),
    value,
  }),
  { minLength: 1, maxLength: 4 },
);

/** An edited copy of a document. */
export function tampered(document: object, edits: readonly Edit[]): object {
  const copy = cloneDocument(document);
  for (const edit of edits) {
    const containers = containersOf(copy).filter((each) => Array.isArray(each) || isRecord(each));
    apply(edit, containers[edit.container % containers.length] as object, containers.at(-1) as object);
  }
  return copy;
}

function apply({ member, what, name, value: wanted }: Edit, container: object, last: object): void {
  const isList = Array.isArray(container);
  const keys = Object.keys(container);
  const key = keys[member % Math.max(1, keys.length)];
  const added = what === "share" && !containersOf(last).includes(container) ? last : cloneDocument(wanted);
  if (what === "add" || what === "share" || key === undefined) {
    if (isList) container.push(added);
    else define(container, name, added);
  } else if (what === "replace") define(container, key, added);
  else if (isList) container.splice(Number(key), 1);
  else {
    const held = Object.getOwnPropertyDescriptor(container, key)?.value as unknown;
    delete (container as Record<string, unknown>)[key];
    if (what === "move to the end") define(container, key, held);
  }
}

function define(object: object, key: string, held: unknown): void {
  Object.defineProperty(object, key, { value: held, writable: true, enumerable: true, configurable: true });
}

function isRecord(container: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(container);
  return prototype === Object.prototype || prototype === null;
}

/** How many containers two documents have in common. */
export function sharedContainers(a: object, b: object): number {
  const known = new Set(containersOf(a));
  return containersOf(b).filter((container) => known.has(container)).length;
}

/** Every container of a document, itself first. */
function containersOf(container: object): object[] {
  const parts: readonly unknown[] =
    container instanceof Map
      ? [...container].flat(1)
      : container instanceof Set
        ? [...container]
        : container instanceof Uint8Array
          ? []
          : Object.keys(container).map(
              (key) => Object.getOwnPropertyDescriptor(container, key)?.value as unknown,
            );
  const inner = parts.filter((part): part is object => typeof part === "object" && part !== null);
  return [container, ...inner.flatMap(containersOf)];
}
