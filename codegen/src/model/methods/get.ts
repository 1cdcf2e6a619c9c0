import { docOf, oneDocument } from "../docs.js";
import type { FieldModel, ParamModel } from "../model.js";
import { words } from "../names.js";
import { quote } from "../spec-value.js";
import type { SpecValue } from "../spec-value.js";
import type { MethodContext, ReadRequest, ResolvedMethod } from "./methods.js";
import { checkParams, type Entries, fieldOf, isOptional, refuseBounds } from "./params.js";

/** Resolves a method that reads one document: by its whole key, or by all fields of a unique index. */
export function resolveGet(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`get`", ["pick", "miss", "doc"], ["kind", "params"]);
  const entries = value.get("params").namedMembers();
  refuseBounds(entries, name, "reading one document");
  const unique = uniqueOf(context, entries);
  const problemsBefore = { names: checkParams(entries), fields: checkGetFields(context, entries) };
  if (problemsBefore.names && problemsBefore.fields && unique === undefined) {
    checkCoversKey(context, value, name, entries);
  }
  const isLast = checkPick(context, value, name, entries);
  const fields = unique ?? context.key;
  const params = entries.flatMap(([param, entry]): ParamModel[] => {
    const field = fields.find((each) => each.name === fieldOf(entry).raw);
    return field === undefined ? [] : [{ name: param, field, optional: isLast && isOptional(entry) }];
  });
  const reads: ReadRequest[] = [
    { query: name, kind: unique === undefined ? "key" : "unique", where: fields },
  ];
  const lastQuery = isLast ? `${name}Last` : null;
  if (lastQuery !== null) {
    const where = params.filter((param) => !param.optional).map((param) => param.field);
    reads.push({ query: lastQuery, kind: "last", where });
  }
  return {
    reads,
    model: {
      kind: "get",
      name,
      doc: docOf(
        value,
        unique === undefined
          ? `Reads ${oneDocument(context.name)} by its key.`
          : `Reads ${oneDocument(context.name)} by its ${unique.map((field) => words(field.name)).join(" and ")}.`,
      ),
      line: value.line,
      params,
      query: name,
      lastQuery,
      miss: missOf(value),
    },
  };
}

/** The fields of the unique index that a `get` reads by; undefined when it reads by the key. */
function uniqueOf({ key, uniques }: MethodContext, entries: Entries): readonly FieldModel[] | undefined {
  const named = new Set(entries.map(([, entry]) => fieldOf(entry).raw));
  const isNamed = (fields: readonly FieldModel[]) =>
    fields.length === named.size && fields.every((field) => named.has(field.name));
  return isNamed(key) ? undefined : uniques.find(({ fields }) => isNamed(fields))?.fields;
}

/** Whether every field that a `get` names exists; more is not asked of it here, since key fields are checked in the key. */
function checkGetFields({ fields }: MethodContext, entries: Entries): boolean {
  return entries.map(([, entry]) => fields.exists(fieldOf(entry))).every(Boolean);
}

function checkCoversKey(
  { key, keyIsSound, uniques }: MethodContext,
  value: SpecValue,
  name: string,
  entries: Entries,
): void {
  if (!keyIsSound) {
    return;
  }
  const whole = key.map((field) => quote(field.name)).join(", ");
  const otherwise = uniques.length === 0 ? "" : ", by all fields of a unique index";
  const named = new Set(entries.map(([, entry]) => fieldOf(entry).raw));
  for (const [param, entry] of entries) {
    const field = fieldOf(entry);
    if (!key.some((each) => each.name === field.raw)) {
      field.report({
        rule: "get-without-key",
        message: `parameter ${quote(param)} of ${quote(name)} is compared with ${quote(field.raw)}, which is not in the key`,
        fix: `read one document by its key (${whole})${otherwise}, or use \`list\``,
      });
    }
  }
  const missing = key.filter((field) => !named.has(field.name));
  if (missing.length > 0) {
    value.reportName({
      rule: "get-without-key",
      message: `${quote(name)} does not take ${missing.map((field) => quote(field.name)).join(", ")}, so its key is not whole`,
      fix: `take all of the key (${whole})${otherwise}, or use \`list\``,
    });
  }
}

/** Whether the last parameter may be left out (rule S3). */
function checkPick(
  { hasOrder, name: entity }: MethodContext,
  value: SpecValue,
  name: string,
  entries: Entries,
): boolean {
  const pick = value.get("pick");
  if (pick.raw !== undefined && pick.raw !== "last") {
    pick.report({
      rule: "invalid-option",
      message: `${quote(pick.raw)} is not a value of \`pick\``,
      fix: 'write `pick: "last"`',
    });
    return false;
  }
  const optional = entries.filter(([, entry]) => isOptional(entry));
  if (pick.raw === undefined) {
    for (const [param, entry] of optional) {
      entry.report({
        rule: "optional-without-pick",
        message: `parameter ${quote(param)} of ${quote(name)} is optional, but which document is meant without it is not said`,
        fix: 'add `{ pick: "last" }`',
      });
    }
    return false;
  }
  if (optional.length === 0) {
    pick.reportName({
      rule: "pick-without-optional",
      message: `${quote(name)} picks the last document, but no parameter can be left out`,
      fix: "mark the last parameter with `optional(…)`, or leave out `pick`",
    });
    return false;
  }
  const misplaced = optional.filter(([, entry]) => entry !== entries.at(-1)?.[1]);
  for (const [param, entry] of misplaced) {
    entry.report({
      rule: "optional-not-last",
      message: `parameter ${quote(param)} of ${quote(name)} is optional, but not the last one`,
      fix: "only the last parameter can be left out: move it to the end, or require it",
    });
  }
  if (!hasOrder) {
    pick.reportName({
      rule: "pick-without-order",
      message: `${quote(name)} picks the last document, but entity ${quote(entity)} has no order to be the last of`,
      fix: 'add `order: [asc("field")]` to the entity',
    });
  }
  return misplaced.length === 0 && hasOrder;
}

function missOf(value: SpecValue): "undefined" | "null" {
  const miss = value.get("miss");
  if (miss.raw !== undefined && miss.raw !== null) {
    miss.report({
      rule: "invalid-option",
      message: `${quote(miss.raw)} is not a value of \`miss\``,
      fix: "write `miss: null`, or leave it out for `undefined`",
    });
  }
  return miss.raw === null ? "null" : "undefined";
}
