import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** Reports a field that is named twice in one list. */
export function refuseRepeated(values: readonly SpecValue[], what: string): void {
  const seen = new Set<unknown>();
  for (const value of values) {
    if (seen.has(value.raw) && typeof value.raw === "string") {
      value.report({
        rule: "duplicate-field",
        message: `${quote(value.raw)} is in the ${what} twice`,
        fix: "name it once",
      });
    }
    seen.add(value.raw);
  }
}
