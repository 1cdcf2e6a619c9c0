import { docOf, documents, oneDocument } from "./docs.js";
import type { EntityFields } from "./fields.js";
import type { FieldModel, MethodModel, ParamModel } from "./model.js";
import { words } from "./names.js";
import { checkIdentifierValue, checkMemberName } from "./reserved.js";
import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** What the methods of an entity are resolved against. */
export interface MethodContext {
  readonly entity: SpecValue;
  /** The entity's name. */
  readonly name: string;
  readonly fields: EntityFields;
  readonly key: readonly FieldModel[];
  /** Whether all of the key resolved: only then can a method be missing some of it. */
  readonly keyIsSound: boolean;
  readonly hasOrder: boolean;
}

/** A read that a method needs of the backend. */
export interface ReadRequest {
  readonly query: string;
  readonly kind: "key" | "last" | "list";
  /** The fields that are looked up, in the order of the parameters. */
  readonly where: readonly FieldModel[];
}

export interface ResolvedMethods {
  readonly models: readonly MethodModel[];
  readonly reads: readonly ReadRequest[];
}

/** Resolves the methods of one entity, in the order of the spec. */
export function resolveMethods(context: MethodContext): ResolvedMethods {
  const methods = context.entity.get("methods");
  const resolved = methods.namedMembers().map(([name, value]) => resolveMethod(context, value, name));
  checkStores(context, methods);
  return {
    models: resolved.flatMap((each) => each?.model ?? []),
    reads: resolved.flatMap((each) => each?.reads ?? []),
  };
}

interface ResolvedMethod {
  readonly model: MethodModel;
  readonly reads: readonly ReadRequest[];
}

function resolveMethod(context: MethodContext, value: SpecValue, name: string): ResolvedMethod | null {
  checkMemberName(value, name, "a method", true);
  switch (value.get("kind").raw) {
    case "store":
      return { model: resolveStore(context, value, name), reads: [] };
    case "get":
      return resolveGet(context, value, name);
    case "list":
      return resolveList(context, value, name);
    default:
      value.report({
        rule: "invalid-option",
        message: `${quote(name)} is not a method`,
        fix: "write `store()`, `get({ … })` or `list({ … })`",
      });
      return null;
  }
}

function checkStores({ name }: MethodContext, methods: SpecValue): void {
  const [first, ...more] = methods.members().filter(([, method]) => method.get("kind").raw === "store");
  if (first === undefined) {
    methods.reportName({
      rule: "no-store",
      message: `entity ${quote(name)} has no method that stores it`,
      fix: "add one made by `store()`",
    });
    return;
  }
  for (const [method, value] of more) {
    value.reportName({
      rule: "duplicate-store",
      message: `${quote(method)} stores entity ${quote(name)}, and so does ${quote(first[0])}`,
      fix: "keep one of them",
    });
  }
}

function resolveStore(context: MethodContext, value: SpecValue, name: string): MethodModel {
  value.refuseUnknown("`store`", ["param", "doc"], ["kind"]);
  const param = value.get("param");
  const given = param.raw ?? context.name;
  if (typeof given !== "string") {
    param.report({ rule: "invalid-option", message: "`param` is not a name", fix: "write it as a string" });
  } else if (param.raw !== undefined) {
    checkIdentifierValue(param, given, "a parameter");
  }
  return {
    kind: "store",
    name,
    doc: docOf(value, `Stores ${oneDocument(context.name)}.`),
    line: value.line,
    param: String(given),
  };
}

function resolveGet(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`get`", ["pick", "miss", "doc"], ["kind", "params"]);
  const entries = value.get("params").namedMembers();
  const problemsBefore = { names: checkParams(entries), fields: checkGetFields(context, entries) };
  if (problemsBefore.names && problemsBefore.fields) {
    checkCoversKey(context, value, name, entries);
  }
  const isLast = checkPick(context, value, name, entries);
  const params = entries.flatMap(([param, entry]): ParamModel[] => {
    const field = context.key.find((each) => each.name === fieldOf(entry).raw);
    return field === undefined ? [] : [{ name: param, field, optional: isLast && isOptional(entry) }];
  });
  const reads: ReadRequest[] = [{ query: name, kind: "key", where: context.key }];
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
      doc: docOf(value, `Reads ${oneDocument(context.name)} by its key.`),
      line: value.line,
      params,
      query: name,
      lastQuery,
      miss: missOf(value),
    },
  };
}

function resolveList(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`list`", ["doc"], ["kind", "params"]);
  const entries = value.get("params").namedMembers();
  checkParams(entries);
  const params = entries.flatMap(([param, entry]): ParamModel[] => {
    if (isOptional(entry)) {
      entry.report({
        rule: "optional-without-pick",
        message: `parameter ${quote(param)} of ${quote(name)} is optional, and a list has no use for that`,
        fix: `name the field itself, or add a second list without ${quote(param)}`,
      });
    }
    const field = context.fields.resolve(fieldOf(entry), "index");
    return field === null ? [] : [{ name: param, field, optional: false }];
  });
  const fallback =
    params.length === 0
      ? `Reads all ${documents(context.name)}.`
      : `Reads the ${documents(context.name)} with the given ${params.map((param) => words(param.field.name)).join(", ")}.`;
  return {
    reads: [{ query: name, kind: "list", where: params.map((param) => param.field) }],
    model: { kind: "list", name, doc: docOf(value, fallback), line: value.line, params, query: name },
  };
}

type Entries = readonly [string, SpecValue][];

/** The field that a parameter is compared with. */
function fieldOf(entry: SpecValue): SpecValue {
  return entry.isObject ? entry.get("field") : entry;
}

function isOptional(entry: SpecValue): boolean {
  return entry.get("optional").raw === true;
}

/** Names of the parameters, and no field named twice. */
function checkParams(entries: Entries): boolean {
  const seen = new Set<unknown>();
  let sound = true;
  for (const [name, entry] of entries) {
    sound = checkMemberName(entry, name, "a parameter") && sound;
    const field = fieldOf(entry);
    if (typeof field.raw === "string" && seen.has(field.raw)) {
      field.report({
        rule: "duplicate-field",
        message: `two parameters are compared with ${quote(field.raw)}`,
        fix: "keep one of them",
      });
      sound = false;
    }
    seen.add(field.raw);
  }
  return sound;
}

/** Whether every field that a `get` names exists; more is not asked of it here, since key fields are checked in the key. */
function checkGetFields({ fields }: MethodContext, entries: Entries): boolean {
  return entries.map(([, entry]) => fields.exists(fieldOf(entry))).every(Boolean);
}

function checkCoversKey(
  { key, keyIsSound }: MethodContext,
  value: SpecValue,
  name: string,
  entries: Entries,
): void {
  if (!keyIsSound) {
    return;
  }
  const whole = key.map((field) => quote(field.name)).join(", ");
  const named = new Set(entries.map(([, entry]) => fieldOf(entry).raw));
  for (const [param, entry] of entries) {
    const field = fieldOf(entry);
    if (!key.some((each) => each.name === field.raw)) {
      field.report({
        rule: "get-without-key",
        message: `parameter ${quote(param)} of ${quote(name)} is compared with ${quote(field.raw)}, which is not in the key`,
        fix: `read one document by its key (${whole}), or use \`list\``,
      });
    }
  }
  const missing = key.filter((field) => !named.has(field.name));
  if (missing.length > 0) {
    value.reportName({
      rule: "get-without-key",
      message: `${quote(name)} does not take ${missing.map((field) => quote(field.name)).join(", ")}, so its key is not whole`,
      fix: `take all of the key (${whole}), or use \`list\``,
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
