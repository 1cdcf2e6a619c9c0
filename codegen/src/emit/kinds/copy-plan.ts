import type { PropertyModel, ShapeModel, ShapesModel } from "../../model/model.js";

/** How a value is copied that is an object or an array, as far as the type tells. What is neither is its own copy. */
export type CopyPlan =
  /** Nothing to copy: no value of the type is an object or an array. */
  | { readonly kind: "scalar" }
  /** The general way, which finds out as it goes. */
  | { readonly kind: "anything" }
  | { readonly kind: "list"; readonly items: CopyPlan }
  | { readonly kind: "record"; readonly values: CopyPlan }
  | { readonly kind: "object"; readonly fields: readonly CopiedField[] }
  /** That of a recursive type. */
  | { readonly kind: "reference"; readonly name: string };

/** A property that may hold an object or an array. */
export interface CopiedField {
  readonly name: string;
  /** Whether it always holds one. */
  readonly always: boolean;
  readonly plan: CopyPlan;
}

const SCALAR: CopyPlan = { kind: "scalar" };
const ANYTHING: CopyPlan = { kind: "anything" };

/** Plans copies of the shapes of one schema. */
export class CopyPlanner {
  readonly #named: ShapesModel["named"];
  readonly #usable = new Map<string, boolean>();

  constructor(shapes: ShapesModel) {
    this.#named = shapes.named;
  }

  /** The plan of a recursive type. */
  planOf(name: string): CopyPlan {
    return this.plan(this.#named[name] ?? { kind: "any" });
  }

  /** The plan of a shape; a recursive type is referred to by name. */
  plan(shape: ShapeModel): CopyPlan {
    switch (shape.kind) {
      case "array":
        return { kind: "list", items: this.plan(shape.items) };
      case "tuple":
        return { kind: "list", items: this.#union(shape.items) };
      case "record":
        return { kind: "record", values: this.plan(shape.values) };
      case "union":
        return this.#union(shape.members);
      case "object":
        return this.#object([shape.properties]);
      case "reference":
        return this.#isUsable(shape.name) ? shape : ANYTHING;
      case "any":
      case "date":
      case "map":
      case "set":
      case "bytes":
        return ANYTHING;
      default:
        return SCALAR;
    }
  }

  /** Members that are copied alike are one; objects are told apart by their fields alone. */
  #union(members: readonly ShapeModel[]): CopyPlan {
    const objects = members.flatMap((member) => (member.kind === "object" ? [member.properties] : []));
    const others = members.filter((member) => member.kind !== "object").map((member) => this.plan(member));
    const plans = [...others, ...(objects.length === 0 ? [] : [this.#object(objects)])];
    const containers = new Map(
      plans.filter(({ kind }) => kind !== "scalar").map((plan) => [JSON.stringify(plan), plan]),
    );
    if (containers.size > 1) return ANYTHING;
    return [...containers.values()][0] ?? SCALAR;
  }

  #object(alternatives: readonly (readonly PropertyModel[])[]): CopyPlan {
    const names = [...new Set(alternatives.flat().map((property) => property.name))];
    // Where such a property is missing, the one of every object is found in its place.
    if (names.some((name) => name in Object.prototype)) return ANYTHING;
    const fields = names.flatMap((name): CopiedField[] => {
      const found = alternatives.map((properties) => properties.find((property) => property.name === name));
      const shapes = found.flatMap((property) => (property === undefined ? [] : [property.shape]));
      const plan = this.#union(shapes);
      const always = found.every((property) => property?.optional === false) && shapes.every(isContainer);
      return plan.kind === "scalar" ? [] : [{ name, always, plan }];
    });
    return { kind: "object", fields };
  }

  /** Whether a plan can be named: a recursive type of which nothing is known has none. */
  #isUsable(name: string): boolean {
    const known = this.#usable.get(name);
    if (known !== undefined) return known;
    this.#usable.set(name, true);
    const { kind } = this.planOf(name);
    const usable = kind === "object" || kind === "list" || kind === "record";
    this.#usable.set(name, usable);
    return usable;
  }
}

function isContainer(shape: ShapeModel): boolean {
  return (
    shape.kind === "object" || shape.kind === "array" || shape.kind === "tuple" || shape.kind === "record"
  );
}
