import type { ShapeModel, ShapesModel } from "../model/model.js";
import { camelCase } from "../model/names.js";
import type { ImportSet } from "./imports.js";

/** Prints shapes as expressions that make fast-check arbitraries of them. */
export class ArbitraryTexts {
  readonly #imports: ImportSet;
  readonly #referTo: (name: string) => string;

  /** `referTo` prints the arbitrary of a named shape. */
  constructor(imports: ImportSet, referTo: (name: string) => string) {
    this.#imports = imports;
    this.#referTo = referTo;
  }

  /** An expression of `shape`; `replaced` are the properties of the object itself that have an expression already. */
  print(shape: ShapeModel, replaced: ReadonlyMap<string, string> = new Map()): string {
    switch (shape.kind) {
      case "any":
        return `${this.#kit("anyDocumentValue")}()`;
      case "string":
        return `${this.#kit("anyText")}()`;
      case "number":
        return `${this.#kit("anyNumber")}()`;
      case "boolean":
        return `${this.#fastCheck("boolean")}()`;
      case "bigint":
        return `${this.#fastCheck("bigInt")}()`;
      case "null":
      case "undefined":
        return `${this.#fastCheck("constant")}(${shape.kind})`;
      case "literal":
        return `${this.#fastCheck("constant")}(${JSON.stringify(shape.value)})`;
      case "date":
        return `${this.#kit("anyDate")}()`;
      case "map":
        return `${this.#kit("anyMap")}()`;
      case "set":
        return `${this.#kit("anySet")}()`;
      case "bytes":
        return `${this.#kit("anyBytes")}()`;
      case "array":
        return isNothing(shape.items)
          ? `${this.#fastCheck("constant")}([])`
          : `${this.#kit("listOf")}(${this.print(shape.items)})`;
      case "record":
        return isNothing(shape.values)
          ? `${this.#fastCheck("constant")}({})`
          : `${this.#kit("recordOf")}(${this.print(shape.values)})`;
      case "tuple":
        return `${this.#fastCheck("tuple")}(${shape.items.map((item) => this.print(item)).join(", ")})`;
      case "union":
        return this.#union(shape.members, replaced);
      case "object":
        return this.#object(shape, replaced);
      case "reference":
        return this.#referTo(shape.name);
    }
  }

  #union(members: readonly ShapeModel[], replaced: ReadonlyMap<string, string>): string {
    const literals = members.flatMap((member) =>
      member.kind === "literal" ? [JSON.stringify(member.value)] : [],
    );
    if (literals.length === members.length)
      return `${this.#fastCheck("constantFrom")}(${literals.join(", ")})`;
    return `${this.#fastCheck("oneof")}(${members.map((member) => this.print(member, replaced)).join(", ")})`;
  }

  #object(shape: ShapeModel & { kind: "object" }, replaced: ReadonlyMap<string, string>): string {
    const print = (optional: boolean): string =>
      shape.properties
        .filter((property) => property.optional === optional)
        .map(
          ({ name, shape: inner }) => `${JSON.stringify(name)}: ${replaced.get(name) ?? this.print(inner)}`,
        )
        .join(", ");
    const optional = print(true);
    return `${this.#kit("objectOf")}({ ${print(false)} }${optional === "" ? "" : `, { ${optional} }`})`;
  }

  #kit(name: string): string {
    return this.#imports.add(name, "kit/testing", false);
  }

  #fastCheck(name: string): string {
    return this.#imports.add(name, "npm:fast-check", false);
  }
}

/** The name of the function that makes arbitraries of a named shape: `gTypeShape`. */
export function shapeFunction(name: string): string {
  return `${camelCase(name.replaceAll(/\W+/g, "_"))}Shape`;
}

/**
 * Shapes cut short where they would recurse, so that every one ends: by name, in an order in which each refers to earlier ones
 * only. A list becomes empty, an optional property absent, a member of a union one less.
 */
export function leafShapes(shapes: ShapesModel): ReadonlyMap<string, ShapeModel> {
  const leaves = new Map<string, ShapeModel>();
  for (let before = -1; before < leaves.size;) {
    before = leaves.size;
    for (const [name, shape] of Object.entries(shapes.named)) {
      const leaf = leaves.has(name) ? undefined : cutShort(shape, leaves);
      if (leaf !== undefined) leaves.set(name, leaf);
    }
  }
  return leaves;
}

/** `shape` without references but to `known`; undefined when nothing is left of it. */
function cutShort(shape: ShapeModel, known: ReadonlyMap<string, ShapeModel>): ShapeModel | undefined {
  switch (shape.kind) {
    case "reference":
      return known.has(shape.name) ? shape : undefined;
    case "array":
      return { kind: "array", items: cutShort(shape.items, known) ?? NOTHING };
    case "record":
      return { kind: "record", values: cutShort(shape.values, known) ?? NOTHING };
    case "tuple": {
      const items = shape.items.flatMap((item) => cutShort(item, known) ?? []);
      return items.length === shape.items.length ? { kind: "tuple", items } : undefined;
    }
    case "union": {
      const members = shape.members.flatMap((member) => cutShort(member, known) ?? []);
      return members.length === 0 ? undefined : { kind: "union", members };
    }
    case "object": {
      const properties = shape.properties.flatMap((property) => {
        const inner = cutShort(property.shape, known);
        return inner === undefined ? [] : [{ ...property, shape: inner }];
      });
      const lacks = shape.properties.some(
        ({ name, optional }) => !optional && !properties.some((property) => property.name === name),
      );
      return lacks ? undefined : { kind: "object", properties };
    }
    default:
      return shape;
  }
}

/** What a list holds that must stay empty. */
const NOTHING: ShapeModel = { kind: "union", members: [] };

function isNothing(shape: ShapeModel): boolean {
  return shape.kind === "union" && shape.members.length === 0;
}

/** The least value of a shape, as an expression. */
export function leastValue(shape: ShapeModel, leaves: ReadonlyMap<string, ShapeModel>): string {
  switch (shape.kind) {
    case "any":
    case "null":
      return "null";
    case "undefined":
      return "undefined";
    case "string":
      return '"text"';
    case "number":
      return "1";
    case "boolean":
      return "true";
    case "bigint":
      return "1n";
    case "literal":
      return JSON.stringify(shape.value);
    case "date":
      return "new Date(0)";
    case "map":
      return "new Map()";
    case "set":
      return "new Set()";
    case "bytes":
      return "new Uint8Array()";
    case "array":
      return "[]";
    case "record":
      return "{}";
    case "tuple":
      return `[${shape.items.map((item) => leastValue(item, leaves)).join(", ")}]`;
    case "union":
      return leastValue(shape.members[0] ?? { kind: "undefined" }, leaves);
    case "object":
      return `{ ${shape.properties
        .filter((property) => !property.optional)
        .map((property) => `${JSON.stringify(property.name)}: ${leastValue(property.shape, leaves)}`)
        .join(", ")} }`;
    case "reference":
      return leastValue(leaves.get(shape.name) ?? { kind: "undefined" }, leaves);
  }
}
