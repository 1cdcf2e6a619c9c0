import { ts } from "../compiler.js";
import type { Node, Type } from "ts-morph";
import type { FieldModel, ScalarKind } from "./model.js";
import { boundedSqlName, snakeCase } from "./names.js";
import { checkFieldName } from "./reserved.js";
import { didYouMean, quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";
import { nearest } from "./suggest.js";

/** What a field is used for; each asks something else of its type. */
export type FieldUse = "key" | "order" | "index";

/** What is known of a field's type. */
interface FieldType {
  /** Null when it holds something else than one kind of scalar. */
  readonly kind: ScalarKind | null;
  readonly optional: boolean;
  readonly nullable: boolean;
  /** The type as the compiler writes it. */
  readonly text: string;
}

/** The fields of one entity's document type, as far as the spec names them. */
export class EntityFields {
  readonly #columns: FieldModel[] = [];

  /**
   * @param type the document type; null when it could not be resolved, which is a problem of its own: fields then pass unchecked
   */
  constructor(
    private readonly type: Type | null,
    private readonly typeName: string,
    private readonly keyNames: readonly string[],
  ) {}

  /** Every field that was used, in the order of first use. */
  get columns(): readonly FieldModel[] {
    return this.#columns;
  }

  /** Whether the type has a field of this name. */
  has(name: string): boolean {
    return this.type === null || this.type.getProperty(name) !== undefined;
  }

  /** Whether the type has the field. Reports it when not. */
  exists(value: SpecValue): boolean {
    const name = value.raw;
    if (typeof name !== "string") {
      value.report({
        rule: "invalid-option",
        message: `${quote(name)} is not the name of a field`,
        fix: "name a field as a string",
      });
      return false;
    }
    if (this.type === null || this.has(name)) {
      return true;
    }
    const known = this.type.getProperties().map((property) => property.getName());
    value.report({
      rule: "unknown-field",
      message: `${quote(this.typeName)} has no field ${quote(name)}`,
      fix: didYouMean(nearest(name, known)) ?? `its fields are ${known.map(quote).join(", ")}`,
    });
    return false;
  }

  /**
   * The field that `value` names, or null when it cannot be used so, which is then reported.
   *
   * @param covers where the compiler repeats it
   */
  resolve(value: SpecValue, use: FieldUse, covers: readonly Node[] = []): FieldModel | null {
    if (!this.exists(value) || !checkFieldName(value)) {
      return null;
    }
    const name = value.raw as string;
    const type = this.#typeOf(name, value);
    const finding = complaint(name, this.typeName, type, use);
    if (finding !== null) {
      value.report({ ...finding, covers });
      return null;
    }
    return this.#field(name, type, value);
  }

  #field(name: string, type: FieldType, value: SpecValue): FieldModel | null {
    const known = this.#columns.find((field) => field.name === name);
    if (known !== undefined) {
      return known;
    }
    const column = boundedSqlName(snakeCase(name));
    const twin = this.#columns.find((field) => field.column === column);
    if (twin !== undefined) {
      value.report({
        rule: "duplicate-column",
        message: `the fields ${quote(twin.name)} and ${quote(name)} would share the column ${quote(column)}`,
        fix: `rename one of the fields of ${quote(this.typeName)}`,
      });
      return null;
    }
    const field = {
      name,
      column,
      kind: type.kind ?? "string",
      optional: type.optional,
      key: this.keyNames.includes(name),
    };
    this.#columns.push(field);
    return field;
  }

  #typeOf(name: string, value: SpecValue): FieldType {
    const property = this.type?.getProperty(name);
    if (property === undefined) {
      return { kind: "string", optional: false, nullable: false, text: "unknown" };
    }
    const type = property.getTypeAtLocation(value.source.spec);
    const parts = (type.isUnion() && !type.isBoolean() ? type.getUnionTypes() : [type]).map(
      (part) => part.compilerType,
    );
    const some = (flags: ts.TypeFlags) => parts.some((part) => (part.flags & flags) !== 0);
    return {
      kind: kindOf(parts.filter((part) => (part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0)),
      optional: property.isOptional() || some(ts.TypeFlags.Undefined),
      nullable: some(ts.TypeFlags.Null),
      text: oneLine(type.getText(value.source.spec, ts.TypeFormatFlags.NoTruncation)),
    };
  }
}

function kindOf(parts: readonly ts.Type[]): ScalarKind | null {
  const kinds = new Set(parts.map(scalarKind));
  const [kind = null] = kinds;
  return kinds.size === 1 ? kind : null;
}

function scalarKind(type: ts.Type): ScalarKind | null {
  if ((type.flags & ts.TypeFlags.StringLike) !== 0) {
    return "string";
  }
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) {
    return "number";
  }
  if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) {
    return "boolean";
  }
  // A branded scalar: `string & { readonly brand: "id" }`.
  return type.isIntersection() ? (type.types.map(scalarKind).find((kind) => kind !== null) ?? null) : null;
}

/** What is wrong with using a field of this type so, or null. */
function complaint(name: string, typeName: string, type: FieldType, use: FieldUse) {
  const field = `${quote(name)} of ${quote(typeName)}`;
  if (type.kind === null || (type.nullable && use !== "key")) {
    return {
      rule: `${use}-not-scalar`,
      message: `${field} is ${quote(type.text)}, ${NOT_SCALAR[use]}`,
      fix: SCALAR_FIX[use],
    };
  }
  if (use === "key" && (type.optional || type.nullable)) {
    return {
      rule: "key-optional",
      message: `${field} may be ${type.optional ? "absent" : "null"}, and a document cannot be found by a key that it lacks`,
      fix: "make the field required, or leave it out of the key",
    };
  }
  return null;
}

const NOT_SCALAR = {
  key: "and a key is made of strings, numbers and booleans",
  order: "and only strings, numbers, booleans and absent values have an order",
  index: "and only strings, numbers and booleans can be looked up",
};

const SCALAR_FIX = {
  key: "give the field one of these types, or make the key of other fields",
  order: "give the field one of these types, or order by another field",
  index: "give the field one of these types, or list by another field",
};

/** Text of the compiler or of a spec, on one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
