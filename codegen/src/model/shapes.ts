import { ts } from "../compiler.js";
import type { Node, Project, Symbol, Type } from "ts-morph";
import { isLibrary } from "../load/project.js";
import type { PropertyModel, ShapeModel } from "./model.js";
import type { Problems } from "./problems.js";
import { quote } from "./spec-value.js";

/** Types of the language that a document may hold as they are (rule S4). */
const LIBRARY_SHAPES: Readonly<Record<string, ShapeModel>> = {
  Date: { kind: "date" },
  Map: { kind: "map" },
  Set: { kind: "set" },
  ReadonlyMap: { kind: "map" },
  ReadonlySet: { kind: "set" },
  Uint8Array: { kind: "bytes" },
};

/** A generic type inside of itself more often than this grows without end: each level of it is a new type. */
const DEEPEST = 3;

/** A type that is being walked. */
interface OpenType {
  /** Set once the type has come up inside of itself. */
  name: string | null;
  /** What all instances of one generic type have in common. */
  readonly symbol: ts.Symbol | undefined;
}

/** Walks document types into shapes. One walk serves a whole schema, so that recursive types are named once. */
export class ShapeWalk {
  readonly #ids = new Map<ts.Type, number>();
  readonly #open = new Map<string, OpenType>();
  readonly #references = new Map<string, ShapeModel>();
  readonly #named = new Map<string, ShapeModel>();
  readonly #taken = new Set<string>();
  #node: Node | null = null;

  constructor(
    private readonly project: Project,
    private readonly problems: Problems,
  ) {}

  /** Every recursive type that was met, by name. */
  get named(): Readonly<Record<string, ShapeModel>> {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The shape of a document type, which the spec names at `node`; what cannot be stored is reported there. */
  walk(type: Type, typeName: string, node: Node): ShapeModel {
    this.#node = node;
    return this.#shape(type, typeName);
  }

  #shape(type: Type, path: string): ShapeModel {
    return simpleShape(type) ?? this.#composite(type, path);
  }

  /** A type with parts: it may come up again inside of itself. */
  #composite(type: Type, path: string): ShapeModel {
    if ((type.compilerType.flags & ts.TypeFlags.ESSymbolLike) !== 0) {
      return this.#unstorable(path, "a symbol");
    }
    const key = this.#identity(type);
    const known = this.#references.get(key);
    if (known !== undefined) {
      return known;
    }
    const open = this.#open.get(key);
    if (open !== undefined) {
      open.name ??= this.#newName(type, path);
      return { kind: "reference", name: open.name };
    }
    const symbol = type.isArray() || type.isReadonlyArray() || type.isTuple() ? undefined : namedSymbol(type);
    const sameOpen = [...this.#open.values()].filter(
      (each) => symbol !== undefined && each.symbol === symbol,
    );
    if (sameOpen.length >= DEEPEST) {
      return { kind: "any" };
    }
    const entry: OpenType = { name: null, symbol };
    this.#open.set(key, entry);
    const shape = this.#parts(type, path);
    this.#open.delete(key);
    if (entry.name === null) {
      return shape;
    }
    const reference: ShapeModel = { kind: "reference", name: entry.name };
    this.#named.set(entry.name, shape);
    this.#references.set(key, reference);
    return reference;
  }

  #parts(type: Type, path: string): ShapeModel {
    if (type.isUnion()) {
      return this.#union(type.getUnionTypes(), path);
    }
    if (type.isTuple()) {
      return this.#tuple(type, path);
    }
    if (type.isArray() || type.isReadonlyArray()) {
      return { kind: "array", items: this.#shape(type.getArrayElementTypeOrThrow(), `${path}[]`) };
    }
    return this.#libraryShape(type, path) ?? this.#object(type, path);
  }

  #union(types: readonly Type[], path: string): ShapeModel {
    const shapes = types
      .map((each) => this.#shape(each, path))
      .flatMap((each) => (each.kind === "union" ? each.members : [each]));
    const members =
      shapes.filter(isTruthValue).length === 2
        ? [...shapes.filter((each) => !isTruthValue(each)), BOOLEAN]
        : shapes;
    // The compiler's order depends on what it has seen before.
    const byText = new Map(members.map((each) => [JSON.stringify(each), each]));
    const sorted = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    return sorted.length === 1 ? sorted[0]! : { kind: "union", members: sorted };
  }

  #tuple(type: Type, path: string): ShapeModel {
    const { elementFlags } = (type.getTargetType() ?? type).compilerType as ts.TupleType;
    const elements = type.getTupleElements();
    if (elements.length === 1 && elementFlags[0] === ts.ElementFlags.Rest) {
      return { kind: "array", items: this.#shape(elements[0]!, `${path}[]`) };
    }
    // What may be left out is left out: the rest is still a value of the type.
    const required = elements.filter((_, index) => elementFlags[index] === ts.ElementFlags.Required);
    return { kind: "tuple", items: required.map((each, index) => this.#shape(each, `${path}[${index}]`)) };
  }

  #libraryShape(type: Type, path: string): ShapeModel | null {
    const symbol = type.getSymbol();
    const declaration = symbol?.getDeclarations()[0];
    if (symbol === undefined || declaration === undefined || symbol.getName() === "__type") {
      return null;
    }
    if (!isLibrary(this.project, declaration)) {
      return null;
    }
    const shape = LIBRARY_SHAPES[symbol.getName()];
    if (shape === undefined && type.getProperties().length > 0) {
      return this.#unstorable(path, `of type ${quote(symbol.getName())}`);
    }
    if (shape?.kind === "map" || shape?.kind === "set") {
      // What a map or a set holds has no shape of its own, but must be storable all the same.
      for (const argument of type.getTypeArguments()) {
        this.#shape(argument, `${path}[]`);
      }
    }
    return shape ?? null;
  }

  #object(type: Type, path: string): ShapeModel {
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
      return this.#unstorable(path, "a function");
    }
    const symbols = type.getProperties();
    const values = type.getStringIndexType() ?? type.getNumberIndexType();
    if (symbols.length === 0 && values !== undefined) {
      return { kind: "record", values: this.#shape(values, `${path}[]`) };
    }
    return { kind: "object", properties: symbols.map((symbol) => this.#property(symbol, path)) };
  }

  #property(symbol: Symbol, path: string): PropertyModel {
    const name = symbol.getName();
    const type = symbol.getTypeAtLocation(this.#node!);
    const optional = symbol.isOptional();
    if (name.startsWith("__@")) {
      return {
        name,
        optional,
        shape: this.#unstorable(`${path}[${name.slice(3).replace(/@\d+$/, "")}]`, "named by a symbol"),
      };
    }
    const at = `${path}.${name}`;
    return { name, optional, shape: optional ? this.#withoutUndefined(type, at) : this.#shape(type, at) };
  }

  #withoutUndefined(type: Type, path: string): ShapeModel {
    if (!type.isUnion()) {
      return type.isUndefined() ? { kind: "undefined" } : this.#shape(type, path);
    }
    const members = type.getUnionTypes().filter((each) => !each.isUndefined());
    return members.length === 1 ? this.#shape(members[0]!, path) : this.#composite(type, path);
  }

  #unstorable(path: string, what: string): ShapeModel {
    this.problems.add(this.#node!, {
      rule: "unstorable-type",
      message: `${quote(path)} is ${what}, which cannot be stored`,
      fix: "leave it out of the document's type, such as with `Omit`",
    });
    return { kind: "any" };
  }

  /** Tells one type from another. A union counts by its members, without the `undefined` of optional properties. */
  #identity(type: Type): string {
    const members = type.isUnion() ? type.getUnionTypes().filter((each) => !each.isUndefined()) : [type];
    return members.map((each) => this.#id(each.compilerType)).join("|");
  }

  #id(type: ts.Type): number {
    const id = this.#ids.get(type) ?? this.#ids.size;
    this.#ids.set(type, id);
    return id;
  }

  #newName(type: Type, path: string): string {
    const symbol = type.getAliasSymbol() ?? type.getSymbol();
    const own = symbol?.getName() ?? "";
    const base =
      /^[A-Za-z]\w*$/.test(own) && own !== "Array" ? own : path.replaceAll(/\W+/g, "_").replace(/_$/, "");
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) {
      name = `${base}${count}`;
    }
    this.#taken.add(name);
    return name;
  }
}

function namedSymbol(type: Type): ts.Symbol | undefined {
  const symbol = type.getAliasSymbol() ?? type.getSymbol();
  return symbol?.getName().startsWith("__") ? undefined : symbol?.compilerSymbol;
}

const BOOLEAN: ShapeModel = { kind: "boolean" };

function isTruthValue(shape: ShapeModel): boolean {
  return shape.kind === "literal" && typeof shape.value === "boolean";
}

/** The shape of a type without parts; null for one with parts. */
function simpleShape(type: Type): ShapeModel | null {
  const { flags } = type.compilerType;
  const is = (wanted: ts.TypeFlags) => (flags & wanted) !== 0;
  if (is(ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) {
    return { kind: "any" };
  }
  if (is(ts.TypeFlags.NonPrimitive)) {
    return { kind: "record", values: { kind: "any" } };
  }
  if (is(ts.TypeFlags.Boolean)) {
    return BOOLEAN;
  }
  if (is(ts.TypeFlags.Union)) {
    return null;
  }
  if (is(ts.TypeFlags.BooleanLiteral)) {
    return { kind: "literal", value: type.getText() === "true" };
  }
  if (is(ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) {
    return { kind: "literal", value: type.getLiteralValue() as string | number };
  }
  if (is(ts.TypeFlags.StringLike)) {
    return { kind: "string" };
  }
  if (is(ts.TypeFlags.NumberLike)) {
    return { kind: "number" };
  }
  if (is(ts.TypeFlags.BigIntLike)) {
    return { kind: "bigint" };
  }
  if (is(ts.TypeFlags.Null)) {
    return { kind: "null" };
  }
  if (is(ts.TypeFlags.Undefined | ts.TypeFlags.Void)) {
    return { kind: "undefined" };
  }
  const scalar = type.isIntersection()
    ? type
        .getIntersectionTypes()
        .map(simpleShape)
        .find((each) => each !== null)
    : null;
  return (
    scalar ??
    (is(ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.ESSymbolLike) ? null : { kind: "any" })
  );
}
