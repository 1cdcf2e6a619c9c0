import { docOf, documents, oneDocument } from "../docs.js";
import type { FieldModel, ParamModel } from "../model.js";
import { words } from "../names.js";
import { quote } from "../spec-value.js";
import type { SpecValue } from "../spec-value.js";
import type { MethodContext, ResolvedMethod } from "./methods.js";
import { checkParams, type Entries, fieldOf, isOptional, refuseBounds } from "./params.js";

/** Resolves a method that removes what shares a key, or the first fields of one. */
export function resolveRemove(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`remove`", ["doc"], ["kind", "params"]);
  const entries = value.get("params").namedMembers();
  checkParams(entries);
  refuseBounds(entries, name, "removing");
  for (const [param, entry] of entries.filter(([, each]) => isOptional(each))) {
    entry.report({
      rule: "optional-without-pick",
      message: `parameter ${quote(param)} of ${quote(name)} is optional, and a removal has no use for that`,
      fix: `name the field itself, or add a second method without ${quote(param)}`,
    });
  }
  const where = checkKeyPrefix(context, value, name, entries);
  const params = entries.flatMap(([param, entry]): ParamModel[] => {
    const field = where.find((each) => each.name === fieldOf(entry).raw);
    return field === undefined ? [] : [{ name: param, field, optional: false }];
  });
  const fallback =
    where.length === context.key.length
      ? `Removes ${oneDocument(context.name)} by its key.`
      : `Removes the ${documents(context.name)} with the given ${where.map((field) => words(field.name)).join(", ")}.`;
  return {
    removals: [{ name, where }],
    model: {
      kind: "remove",
      name,
      doc: docOf(value, fallback),
      line: value.line,
      params,
      removal: name,
    },
  };
}

/** The first fields of the key, as many as there are parameters; reports parameters that are not compared with these. */
function checkKeyPrefix(
  { key, keyIsSound, fields }: MethodContext,
  value: SpecValue,
  name: string,
  entries: Entries,
): readonly FieldModel[] {
  const known = entries.map(([, entry]) => fields.exists(fieldOf(entry))).every(Boolean);
  const prefix = key.slice(0, entries.length);
  if (!keyIsSound || !known) return prefix;
  if (entries.length === 0) {
    value.reportName({
      rule: "remove-without-key",
      message: `${quote(name)} does not say what to remove`,
      fix: `take the key (${key.map((field) => quote(field.name)).join(", ")}) or its first fields; \`clear()\` removes everything`,
    });
  }
  for (const [param, entry] of entries) {
    const field = fieldOf(entry);
    if (prefix.some((each) => each.name === field.raw)) continue;
    const isKey = key.some((each) => each.name === field.raw);
    field.report({
      rule: "remove-without-key",
      message: isKey
        ? `parameter ${quote(param)} of ${quote(name)} is compared with ${quote(field.raw)}, but not everything before it in the key is`
        : `parameter ${quote(param)} of ${quote(name)} is compared with ${quote(field.raw)}, which is not in the key`,
      fix: `remove by the key (${key.map((each) => quote(each.name)).join(", ")}) or by its first fields`,
    });
  }
  return prefix;
}
