import { pascalCase } from "../../model/names.js";
import type { ImportSet } from "../imports.js";
import type { CopiedField, CopyPlan } from "./copy-plan.js";

/** What the kit's own functions are called, after their verb. */
const KIT_NAMES = ["Anything", "FlatList", "List", "Record"];

/**
 * Prints the functions that copies are made of: of each object that holds others, one that tells whether such a value fits the
 * type, and one that copies a value that does.
 */
export class CopyFunctions {
  readonly #imports: ImportSet;
  readonly #planOf: (name: string) => CopyPlan;
  /** By where the object stands in its document, or the name of a recursive type. */
  readonly #names = new Map<string, string>();
  readonly #taken = new Set(KIT_NAMES);
  readonly #texts: string[] = [];

  /** `planOf` gives the plan of a recursive type. */
  constructor(imports: ImportSet, planOf: (name: string) => CopyPlan) {
    this.#imports = imports;
    this.#planOf = planOf;
  }

  /** Every function that {@link fits} and {@link copy} have asked for. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** An expression: the function that tells whether a container fits. `path` names what is printed; `within` is the parameter around it. */
  fits(plan: CopyPlan, path: string, within?: string): string {
    const value = parameterIn(within);
    return asFunction(value, this.#fitting(plan, path, value));
  }

  /** An expression: the function that copies a container that fits. */
  copy(plan: CopyPlan, path: string, within?: string): string {
    const value = parameterIn(within);
    return asFunction(value, this.#copied(plan, path, value));
  }

  /** An expression: whether the container `value` fits. */
  #fitting(plan: CopyPlan, path: string, value: string): string {
    switch (plan.kind) {
      case "scalar":
      case "anything":
        return `${this.#kit("isAnything")}(${value})`;
      case "list":
        return plan.items.kind === "scalar"
          ? `${this.#kit("isFlatList")}(${value})`
          : `${this.#kit("isListOf")}(${value}, ${this.fits(plan.items, `${path}_item`, value)})`;
      case "record":
        return plan.values.kind === "scalar"
          ? `${this.#kit("isFlat")}(${value})`
          : `${this.#kit("isRecordOf")}(${value}, ${this.fits(plan.values, `${path}_value`, value)})`;
      case "object":
        return plan.fields.length === 0
          ? `${this.#kit("isFlat")}(${value})`
          : `fits${this.#functionsOf(path, () => plan)}(${value})`;
      case "reference":
        return `fits${this.#functionsOf(plan.name, () => this.#planOf(plan.name))}(${value})`;
    }
  }

  /** An expression: a copy of the container `value`, which fits. */
  #copied(plan: CopyPlan, path: string, value: string): string {
    // Written out rather than called: where only objects made alike are spread, the engine does it in one step.
    const spread = (): string => `{ ...(${value} as ${this.#fields()}) }`;
    switch (plan.kind) {
      case "scalar":
      case "anything":
        return `${this.#kit("copyAnything")}(${value})`;
      case "list":
        return plan.items.kind === "scalar"
          ? `${this.#kit("copyFlatList")}(${value})`
          : `${this.#kit("copyList")}(${value}, ${this.copy(plan.items, `${path}_item`, value)})`;
      case "record":
        return plan.values.kind === "scalar"
          ? spread()
          : `${this.#kit("copyRecord")}(${value}, ${this.copy(plan.values, `${path}_value`, value)})`;
      case "object":
        return plan.fields.length === 0 ? spread() : `copy${this.#functionsOf(path, () => plan)}(${value})`;
      case "reference":
        return `copy${this.#functionsOf(plan.name, () => this.#planOf(plan.name))}(${value})`;
    }
  }

  /** Prints the two functions of a plan, the first time that they are asked for. Returns what their names end with. */
  #functionsOf(path: string, planOf: () => CopyPlan): string {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const base = pascalCase(path.replaceAll(/\W+/g, "_"));
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}${count}`;
    this.#taken.add(name);
    // Before its parts are printed: one of them may be of the same type.
    this.#names.set(path, name);
    this.#texts.push(this.#functions(name, path, planOf()));
    return name;
  }

  #functions(name: string, path: string, plan: CopyPlan): string {
    if (plan.kind !== "object") {
      return `
function fits${name}(value: object): boolean {
  return ${this.#fitting(plan, path, "value")};
}

function copy${name}(value: unknown): unknown {
  return ${this.#copied(plan, path, "value")};
}`;
    }
    return `
function fits${name}(value: object): boolean {
  return ${this.#kit("isPlainObject")}(value) && ${this.#kit("containerCount")}(value) === ${plan.fields.map((field) => this.#countOf(field, path)).join(" + ")};
}

function copy${name}(value: unknown): ${this.#fields()} {
  const copy = { ...(value as ${this.#fields()}) };
  ${plan.fields.map((field) => this.#stepOf(field, path)).join("\n  ")}
  return copy;
}`;
  }

  #countOf({ name, always, plan }: CopiedField, path: string): string {
    const count = this.#kit(always ? "countRequired" : "countOptional");
    return `${count}(value, ${JSON.stringify(name)}, ${this.fits(plan, `${path}_${name}`, "value")})`;
  }

  #stepOf({ name, always, plan }: CopiedField, path: string): string {
    const key = JSON.stringify(name);
    const place = `copy[${key}]`;
    const step = `${place} = ${this.#copied(plan, `${path}_${name}`, place)};`;
    if (always) return step;
    const isOwn = `${this.#kit("isContainer")}(${place}) && ${this.#kit("hasOwn")}(copy, ${key})`;
    return `if (${isOwn}) ${step}`;
  }

  #fields(): string {
    return this.#imports.add("Fields", "kit", true);
  }

  #kit(name: string): string {
    return this.#imports.add(name, "kit", false);
  }
}

/** The name of a parameter that hides none around it. */
function parameterIn(within: string | undefined): string {
  if (within === undefined) return "value";
  return within.startsWith("part") ? `${within}OfIt` : "part";
}

/** A function that answers with `body`: one that is only called there, or one written out. */
function asFunction(parameter: string, body: string): string {
  const [, called, argument] = /^(\w+)\((\w+)\)$/.exec(body) ?? [];
  return called !== undefined && argument === parameter ? called : `(${parameter}) => (${body})`;
}
