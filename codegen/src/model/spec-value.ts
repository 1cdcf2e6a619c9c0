import type { Node } from "ts-morph";
import { resolveExpression } from "../load/locate.js";
import type { Finding } from "./problems.js";
import type { DataPath, SpecSource } from "./spec-source.js";
import { nearest } from "./suggest.js";

/** A value of the evaluated spec that knows where it is written. */
export class SpecValue {
  constructor(
    readonly source: SpecSource,
    readonly path: DataPath,
    readonly raw: unknown,
  ) {}

  /** A member or an element; its `raw` is undefined when there is none of its own. */
  get(key: string | number): SpecValue {
    const { raw } = this;
    const own = typeof raw === "object" && raw !== null && Object.hasOwn(raw, key);
    return new SpecValue(this.source, [...this.path, key], own ? Reflect.get(raw, key) : undefined);
  }

  /** Whether it is an object with members, as opposed to an array or a single value. */
  get isObject(): boolean {
    return typeof this.raw === "object" && this.raw !== null && !Array.isArray(this.raw);
  }

  /** Members by name, in the order in which they are written; none when it is not an object. */
  members(): [string, SpecValue][] {
    return this.isObject ? Object.keys(this.raw as object).map((name) => [name, this.get(name)]) : [];
  }

  /**
   * The members of an object whose names are the spec's own. A member written `__proto__` is none: it would be lost in silence,
   * and is reported.
   */
  namedMembers(): [string, SpecValue][] {
    const prototype: unknown = this.isObject ? Object.getPrototypeOf(this.raw) : null;
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      new SpecValue(this.source, [...this.path, "__proto__"], prototype).reportName({
        rule: "reserved-name",
        message: "`__proto__` cannot be a name: it changes the object instead of adding to it",
        fix: "choose another name",
      });
    }
    return this.members();
  }

  /** The elements; none when it is not an array. */
  elements(): SpecValue[] {
    return Array.isArray(this.raw) ? this.raw.map((_, index) => this.get(index)) : [];
  }

  /** The place of the value itself, or of the nearest ancestor that is written in sight. */
  get node(): Node {
    const trail = this.source.locator.trail(this.path);
    const place = trail.at(-1);
    if (place === undefined) {
      return this.source.spec;
    }
    if (trail.length < this.path.length + 1) {
      return place.name ?? place.value;
    }
    return resolveExpression(place.value);
  }

  /** The place of the member's name, or of the nearest ancestor's. */
  get nameNode(): Node {
    const place = this.source.locator.trail(this.path).at(-1);
    return place === undefined ? this.source.spec : (place.name ?? place.value);
  }

  /** Line in the spec file, from 1. */
  get line(): number {
    return this.source.locator.inSpec(this.path).getStartLineNumber();
  }

  /** Reports a mistake in the value. */
  report(finding: Finding): void {
    this.#add(this.node, finding);
  }

  /** Reports a mistake in the name, or in the value as a whole. */
  reportName(finding: Finding): void {
    this.#add(this.nameNode, finding);
  }

  /** A value may be written elsewhere than where it is used, and the compiler refuses the use. */
  #add(node: Node, finding: Finding): void {
    const trail = this.source.locator.trail(this.path);
    const blamed = trail.flatMap(({ name, value }) => (name === null ? [value] : [name, value]));
    this.source.problems.add(node, { ...finding, blamed: [...blamed, ...(finding.blamed ?? [])] });
  }

  /**
   * Reports every member that is not one of `known`. `what` names the object: "an entity".
   *
   * @param made members that the spec language adds by itself
   */
  refuseUnknown(what: string, known: readonly string[], made: readonly string[] = []): void {
    for (const [name, member] of this.members()) {
      if (!known.includes(name) && !made.includes(name)) {
        member.reportName({
          rule: "unknown-option",
          message: `${quote(name)} is not an option of ${what}`,
          fix: didYouMean(nearest(name, known)) ?? `its options are ${known.map(quote).join(", ")}`,
        });
      }
    }
  }
}

/** A name as messages show it: on one line, whatever it holds. */
export function quote(value: unknown): string {
  const text =
    typeof value === "string" ? JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"') : show(value);
  return `\`${text}\``;
}

function show(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** The fix for a misspelt name, or null when nothing is near. */
export function didYouMean(name: string | null): string | null {
  return name === null ? null : `did you mean ${quote(name)}?`;
}
