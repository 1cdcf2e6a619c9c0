import type { EntityFields } from "./fields.js";
import type { UniqueModel } from "./model.js";
import { boundedSqlName, pascalCase } from "./names.js";
import { refuseRepeated } from "./repeated.js";
import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** The groups of fields that no two documents share. */
export function uniquesOf(
  entity: SpecValue,
  fields: EntityFields,
  table: string,
  key: readonly string[],
): UniqueModel[] {
  const unique = entity.get("unique");
  const groups = unique.elements();
  const isSound = unique.raw === undefined || (Array.isArray(unique.raw) && groups.every(isGroup));
  if (!isSound) {
    unique.report({
      rule: "invalid-option",
      message: "`unique` is not a list of groups of fields",
      fix: 'write `unique: [["field"], ["other", "another"]]`',
    });
    return [];
  }
  const known = new Map<string, string>([[identity(key), "the key"]]);
  return groups.flatMap((group) => {
    const names = group.elements();
    refuseRepeated(names, "unique index");
    const models = names.map((name) => fields.resolve(name, "index")).filter((field) => field !== null);
    const same = identity(names.map((name) => String(name.raw)));
    const before = known.get(same);
    known.set(same, "another unique index");
    if (before !== undefined) {
      group.report({
        rule: "duplicate-unique",
        message: `${names.map((name) => quote(name.raw)).join(", ")} are unique already: ${before} has the same fields`,
        fix: "leave it out",
      });
      return [];
    }
    // What is wrong with a field has been said.
    if (models.length < names.length) return [];
    return [
      {
        name: boundedSqlName(`${table}_unique_${models.map((field) => field.column).join("_")}`),
        fields: models,
        member: `uniqueBy${models.map((field) => pascalCase(field.name)).join("")}`,
      },
    ];
  });
}

function isGroup(value: SpecValue): boolean {
  return value.elements().length > 0;
}

function identity(names: readonly string[]): string {
  return names.toSorted().join();
}
