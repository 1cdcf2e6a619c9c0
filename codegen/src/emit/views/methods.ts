import type {
  EntityModel,
  FieldModel,
  MethodModel,
  ParamModel,
  QueryModel,
  SelectionParamModel,
} from "../../model/model.js";
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

/** A member of the options of a method that selects. */
export interface SelectionParamView {
  readonly name: string;
  readonly field: FieldView;
  readonly use: "filter" | "from" | "to";
  /** `filterString`, `boundNumber` */
  readonly check: string;
}

/** A method of the contract. */
export interface MethodView {
  readonly name: string;
  /** As the suite tells reads apart: `get`, `list`, `page` or `count`. */
  readonly answer: string;
  readonly isStore: boolean;
  readonly isGet: boolean;
  /** A list that callers do not narrow. */
  readonly isList: boolean;
  /** A list that callers narrow, or a count. */
  readonly isNarrowed: boolean;
  readonly isCount: boolean;
  readonly isRemove: boolean;
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
  /** Members of the options: `state`, `since`. */
  readonly options: readonly SelectionParamView[];
  readonly filters: readonly SelectionParamView[];
  readonly from: SelectionParamView | null;
  readonly to: SelectionParamView | null;
  readonly hasOptions: boolean;
  readonly optionNames: readonly string[];
  readonly limited: boolean;
  readonly paged: boolean;
  readonly descending: boolean;
  /** What a cursor is made of, beside the position: `number`. */
  readonly cursorKinds: readonly string[];
}

export function methodView(entity: EntityModel, method: MethodModel): MethodView {
  const params = method.kind === "store" ? [] : method.params.map(paramView);
  const optional = params.find((param) => param.optional) ?? null;
  const where = argumentsOf(entity, method);
  const last =
    method.kind === "get" && method.lastQuery !== null ? findQuery(entity, method.lastQuery) : undefined;
  const localOf = (field: FieldModel): string =>
    params.find((param) => param.field.name === field.name)?.local ?? "";
  const miss = method.kind === "get" ? method.miss : "undefined";
  const isSelect = method.kind === "list" && findQuery(entity, method.query).kind === "select";
  const options = method.kind === "list" || method.kind === "count" ? method.options.map(optionView) : [];
  const limited = method.kind === "list" && method.limited;
  const paged = method.kind === "list" && method.paged;
  const optionNames = [
    ...options.map((option) => option.name),
    ...(limited ? ["limit"] : []),
    ...(paged ? ["after"] : []),
  ];
  return {
    name: method.name,
    answer: paged ? "page" : method.kind,
    isStore: method.kind === "store",
    isGet: method.kind === "get",
    isList: method.kind === "list" && !isSelect,
    isNarrowed: isSelect || method.kind === "count",
    isCount: method.kind === "count",
    isRemove: method.kind === "remove",
    paramNames:
      method.kind === "store"
        ? ownName(method.param)
        : [...params.map((param) => param.own), ...(optionNames.length > 0 ? ["options"] : [])].join(", "),
    param: method.kind === "store" ? ownName(method.param) : "",
    params,
    required: params.filter((param) => !param.optional),
    optional,
    query: "query" in method ? method.query : method.kind === "remove" ? method.removal : "",
    queryArgs: where.map(localOf).join(", "),
    lastQuery: last?.name ?? null,
    lastArgs: last?.where.map(localOf).join(", ") ?? "",
    miss,
    options,
    filters: options.filter(({ use }) => use === "filter"),
    from: options.find(({ use }) => use === "from") ?? null,
    to: options.find(({ use }) => use === "to") ?? null,
    hasOptions: optionNames.length > 0,
    optionNames,
    limited,
    paged,
    descending: method.kind === "list" && method.descending,
    cursorKinds: entity.order.map((term) => term.field.kind),
  };
}

/** The fields that a method's query, or its removal, is given values of. */
function argumentsOf(entity: EntityModel, method: MethodModel): readonly FieldModel[] {
  if (method.kind === "store") return [];
  if (method.kind === "remove") {
    return entity.removals.find((removal) => removal.name === method.removal)?.where ?? [];
  }
  return findQuery(entity, method.query).where;
}

function optionView(option: SelectionParamModel): SelectionParamView {
  return {
    name: option.name,
    field: fieldView(option.field),
    use: option.use,
    check: `${option.use === "filter" ? "filter" : "bound"}${pascalCase(option.field.kind)}`,
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
const VARIABLES = new Set([
  "backend",
  "data",
  "format",
  "gate",
  "given",
  "last",
  "list",
  "options",
  "row",
  "rows",
  "selection",
  "size",
]);

function ownName(name: string): string {
  return VARIABLES.has(name) || name.endsWith("Key") ? `${name}_` : name;
}
