import type { SpecValue } from "../spec-value.js";
import { quote } from "../spec-value.js";
import { checkMemberName } from "../reserved.js";

/** The parameters of a method, as the spec names them. */
export type Entries = readonly [string, SpecValue][];

/** The field that a parameter is compared with. */
export function fieldOf(entry: SpecValue): SpecValue {
  return entry.isObject ? entry.get("field") : entry;
}

export function isOptional(entry: SpecValue): boolean {
  return entry.get("optional").raw === true;
}

/** Which bound of a range a parameter is; null for one that is compared as it is. */
export function boundOf(entry: SpecValue): "from" | "to" | null {
  const bound = entry.get("bound").raw;
  return bound === "from" || bound === "to" ? bound : null;
}

/** Names of the parameters, and no field named twice in one role. */
export function checkParams(entries: Entries): boolean {
  const seen = new Set<string>();
  let sound = true;
  for (const [name, entry] of entries) {
    sound = checkMemberName(entry, name, "a parameter") && sound;
    const field = fieldOf(entry);
    const role = `${boundOf(entry) ?? ""} ${String(field.raw)}`;
    if (typeof field.raw === "string" && seen.has(role)) {
      field.report({
        rule: "duplicate-field",
        message: `two parameters are compared with ${quote(field.raw)}`,
        fix: "keep one of them",
      });
      sound = false;
    }
    seen.add(role);
  }
  return sound;
}

/** Reports bounds where there is no order to bound. */
export function refuseBounds(entries: Entries, name: string, kind: string): void {
  for (const [param, entry] of entries) {
    if (boundOf(entry) === null) continue;
    entry.report({
      rule: "range-without-list",
      message: `parameter ${quote(param)} of ${quote(name)} is a bound, and ${kind} has no use for that`,
      fix: "name the field itself, or use `list` or `count`",
    });
  }
}
