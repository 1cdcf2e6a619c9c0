import { docOf, oneDocument } from "../docs.js";
import type { EntityFields } from "../fields.js";
import type { FieldModel, MethodModel, OrderTermModel, RemovalModel, UniqueModel } from "../model.js";
import { checkIdentifierValue, checkMemberName } from "../reserved.js";
import { quote } from "../spec-value.js";
import type { SpecValue } from "../spec-value.js";
import { resolveGet } from "./get.js";
import { resolveRemove } from "./remove.js";
import { resolveCount, resolveList } from "./select.js";

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
  /** The ordering rule, as far as it resolved. */
  readonly order: readonly OrderTermModel[];
  readonly uniques: readonly UniqueModel[];
}

/** A read that a method needs of the backend. */
export type ReadRequest = PlainReadRequest | SelectRequest;

interface PlainReadRequest {
  readonly query: string;
  readonly kind: "key" | "unique" | "last" | "list";
  /** The fields that are looked up, in the order of the parameters. */
  readonly where: readonly FieldModel[];
}

/** A read that callers narrow. */
export interface SelectRequest {
  readonly query: string;
  readonly kind: "select" | "count";
  readonly where: readonly FieldModel[];
  readonly filters: readonly FieldModel[];
  readonly range: FieldModel | null;
  readonly descending: boolean;
  readonly paged: boolean;
}

export interface ResolvedMethods {
  readonly models: readonly MethodModel[];
  readonly reads: readonly ReadRequest[];
  readonly removals: readonly RemovalModel[];
}

/** Resolves the methods of one entity, in the order of the spec. */
export function resolveMethods(context: MethodContext): ResolvedMethods {
  const methods = context.entity.get("methods");
  const resolved = methods.namedMembers().map(([name, value]) => resolveMethod(context, value, name));
  checkStores(context, methods);
  return {
    models: resolved.flatMap((each) => each?.model ?? []),
    reads: resolved.flatMap((each) => each?.reads ?? []),
    removals: resolved.flatMap((each) => each?.removals ?? []),
  };
}

/** One method, and what it needs of the backend. */
export interface ResolvedMethod {
  readonly model: MethodModel;
  readonly reads?: readonly ReadRequest[];
  readonly removals?: readonly RemovalModel[];
}

function resolveMethod(context: MethodContext, value: SpecValue, name: string): ResolvedMethod | null {
  checkMemberName(value, name, "a method", true);
  switch (value.get("kind").raw) {
    case "store":
      return { model: resolveStore(context, value, name) };
    case "get":
      return resolveGet(context, value, name);
    case "list":
      return resolveList(context, value, name);
    case "count":
      return resolveCount(context, value, name);
    case "remove":
      return resolveRemove(context, value, name);
    default:
      value.report({
        rule: "invalid-option",
        message: `${quote(name)} is not a method`,
        fix: "write `store()`, `get({ … })`, `list({ … })`, `count({ … })` or `remove({ … })`",
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
