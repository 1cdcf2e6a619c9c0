import type { EntityModel, FieldModel, MethodModel, ParamModel, QueryModel } from "../../model/model.js";
import { pascalCase } from "../../model/names.js";
import { type FieldView, fieldView } from "./fields.js";

/** A parameter of a contract method. */
export interface ParamView {
  /** As the contract has it, for errors: `id`. */
  readonly name: string;
  /** As the implementation has it: `id`, or `data_` where a variable of the implementation is called so. */
  readonly own: string;
  /** `idKey`: the checked value. */
  readonly local: string;
  readonly field: FieldView;
  /** `lookupString` */
  readonly check: string;
  readonly optional: boolean;
  readonly isString: boolean;
}

/** A method of the contract. */
export interface MethodView {
  readonly name: string;
  readonly kind: MethodModel["kind"];
  readonly isStore: boolean;
  readonly isGet: boolean;
  readonly isList: boolean;
  readonly documentType: string;
  /** `id, version` */
  readonly paramNames: string;
  /** Parameter of a store; empty otherwise. */
  readonly param: string;
  readonly params: readonly ParamView[];
  /** All parameters but an optional one. */
  readonly required: readonly ParamView[];
  readonly optional: ParamView | null;
  readonly query: string;
  /** `idKey, versionKey`, in the order of the query's arguments. */
  readonly queryArgs: string;
  readonly lastQuery: string | null;
  readonly lastArgs: string;
  readonly miss: string;
}

export function methodView(entity: EntityModel, method: MethodModel): MethodView {
  const params = method.kind === "store" ? [] : method.params.map(paramView);
  const optional = params.find((param) => param.optional) ?? null;
  const query = method.kind === "store" ? undefined : findQuery(entity, method.query);
  const last =
    method.kind === "get" && method.lastQuery !== null ? findQuery(entity, method.lastQuery) : undefined;
  const localOf = (field: FieldModel): string =>
    params.find((param) => param.field.name === field.name)?.local ?? "";
  const miss = method.kind === "get" ? method.miss : "undefined";
  return {
    name: method.name,
    kind: method.kind,
    isStore: method.kind === "store",
    isGet: method.kind === "get",
    isList: method.kind === "list",
    documentType: entity.type.name,
    paramNames: method.kind === "store" ? ownName(method.param) : params.map((param) => param.own).join(", "),
    param: method.kind === "store" ? ownName(method.param) : "",
    params,
    required: params.filter((param) => !param.optional),
    optional,
    query: query?.name ?? "",
    queryArgs: query?.where.map(localOf).join(", ") ?? "",
    lastQuery: last?.name ?? null,
    lastArgs: last?.where.map(localOf).join(", ") ?? "",
    miss,
  };
}

function paramView(param: ParamModel): ParamView {
  return {
    name: param.name,
    own: ownName(param.name),
    local: `${param.name}Key`,
    field: fieldView(param.field),
    check: `lookup${pascalCase(param.field.kind)}`,
    optional: param.optional,
    isString: param.field.kind === "string",
  };
}

function findQuery(entity: EntityModel, name: string): QueryModel {
  const query = entity.queries.find((item) => item.name === name);
  if (query === undefined) throw new Error(`the model of ${entity.name} lacks its query ${name}`);
  return query;
}

/** Variables of the emitted implementation, which a parameter must not hide. */
const VARIABLES = new Set(["backend", "data", "format", "gate", "last", "list", "row"]);

function ownName(name: string): string {
  return VARIABLES.has(name) || name.endsWith("Key") ? `${name}_` : name;
}
