import { docOf, documents } from "../docs.js";
import type { FieldModel, ParamModel, SelectionParamModel } from "../model.js";
import { pascalCase, words } from "../names.js";
import { quote } from "../spec-value.js";
import type { SpecValue } from "../spec-value.js";
import type { MethodContext, ResolvedMethod } from "./methods.js";
import { boundOf, checkParams, type Entries, fieldOf, isOptional } from "./params.js";

/** Each combination of filters has an index of its own, so there cannot be many. */
const MAX_FILTERS = 2;

/** Members of the options that are not the spec's. */
const OWN_OPTIONS = new Set(["limit", "after"]);

/** Resolves a method that reads many documents. */
export function resolveList(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`list`", ["direction", "limit", "pages", "doc"], ["kind", "params"]);
  const selection = resolveSelection(context, value, name);
  const paged = flag(value, "pages");
  const limited = flag(value, "limit") || paged;
  const descending = isDescending(value);
  const { params, options, where, filters, range } = selection;
  const isPlain = options.length === 0 && !limited && !descending;
  return {
    reads: [
      isPlain
        ? { query: name, kind: "list", where }
        : { query: name, kind: "select", where, filters, range, descending, paged },
    ],
    model: {
      kind: "list",
      name,
      doc: docOf(value, `Reads ${documentsWith(context, params, options)}.`),
      line: value.line,
      params,
      options,
      optionsType: options.length > 0 || limited ? optionsType(name) : null,
      query: name,
      limited,
      paged,
      descending,
    },
  };
}

/** Resolves a method that counts many documents. */
export function resolveCount(context: MethodContext, value: SpecValue, name: string): ResolvedMethod {
  value.refuseUnknown("`count`", ["doc"], ["kind", "params"]);
  const { params, options, where, filters, range } = resolveSelection(context, value, name);
  return {
    reads: [{ query: name, kind: "count", where, filters, range, descending: false, paged: false }],
    model: {
      kind: "count",
      name,
      doc: docOf(value, `Counts ${documentsWith(context, params, options)}.`),
      line: value.line,
      params,
      options,
      optionsType: options.length > 0 ? optionsType(name) : null,
      query: name,
    },
  };
}

interface SelectionParams {
  readonly params: readonly ParamModel[];
  readonly options: readonly SelectionParamModel[];
  readonly where: readonly FieldModel[];
  readonly filters: readonly FieldModel[];
  readonly range: FieldModel | null;
}

function resolveSelection(context: MethodContext, value: SpecValue, name: string): SelectionParams {
  const entries = value.get("params").namedMembers();
  checkParams(entries);
  checkOptionNames(entries, name);
  checkFilters(entries, name);
  const params: ParamModel[] = [];
  const options: SelectionParamModel[] = [];
  for (const [param, entry] of entries) {
    const bound = boundOf(entry);
    const field = context.fields.resolve(fieldOf(entry), bound === null ? "index" : "order");
    if (field === null || (bound !== null && !checkRange(context, entry, param, name, field))) continue;
    if (bound !== null) options.push({ name: param, field, use: bound });
    else if (isOptional(entry)) options.push({ name: param, field, use: "filter" });
    else params.push({ name: param, field, optional: false });
  }
  return {
    params,
    options,
    where: params.map((param) => param.field),
    filters: options.filter(({ use }) => use === "filter").map(({ field }) => field),
    range: options.find(({ use }) => use !== "filter")?.field ?? null,
  };
}

function checkOptionNames(entries: Entries, name: string): void {
  for (const [param, entry] of entries) {
    const isOption = isOptional(entry) || boundOf(entry) !== null;
    if (isOption ? OWN_OPTIONS.has(param) : param === "options") {
      entry.reportName({
        rule: "reserved-name",
        message: `${quote(param)} cannot name ${isOption ? "an option" : "a parameter"} of ${quote(name)}: lists have one of that name`,
        fix: "choose another name",
      });
    }
  }
}

function checkFilters(entries: Entries, name: string): void {
  const filters = entries.filter(([, entry]) => isOptional(entry));
  for (const [param, entry] of filters.slice(MAX_FILTERS)) {
    entry.report({
      rule: "too-many-filters",
      message: `${quote(name)} has ${filters.length} optional filters, ${quote(param)} among them; each combination has an index of its own`,
      fix: `keep ${MAX_FILTERS} at most, and write other methods for other combinations`,
    });
  }
}

/** Bounds are looked up in the order, so they can only be on its first field. */
function checkRange(
  { order, name: entity }: MethodContext,
  entry: SpecValue,
  param: string,
  name: string,
  field: FieldModel,
): boolean {
  const first = order[0]?.field;
  if (field.kind === "boolean") {
    entry.report({
      rule: "range-of-boolean",
      message: `parameter ${quote(param)} of ${quote(name)} bounds ${quote(field.name)}, which is a boolean`,
      fix: `compare it: ${quote(`${param}: "${field.name}"`)}`,
    });
    return false;
  }
  if (first?.name === field.name) return true;
  entry.report({
    rule: "range-not-ordered",
    message: `parameter ${quote(param)} of ${quote(name)} bounds ${quote(field.name)}, but entity ${quote(entity)} is not ordered by it first`,
    fix:
      first === undefined
        ? `add ${quote(`order: [asc("${field.name}")]`)} to the entity`
        : `bound ${quote(first.name)}, the first field of its order`,
  });
  return false;
}

function flag(value: SpecValue, option: string): boolean {
  const given = value.get(option);
  if (given.raw !== undefined && typeof given.raw !== "boolean") {
    given.report({
      rule: "invalid-option",
      message: `${quote(given.raw)} is not a value of ${quote(option)}`,
      fix: `write ${quote(`${option}: true`)}, or leave it out`,
    });
  }
  return given.raw === true;
}

function isDescending(value: SpecValue): boolean {
  const direction = value.get("direction");
  if (direction.raw !== undefined && direction.raw !== "asc" && direction.raw !== "desc") {
    direction.report({
      rule: "invalid-option",
      message: `${quote(direction.raw)} is not a value of \`direction\``,
      fix: 'write `direction: "asc"` or `direction: "desc"`',
    });
  }
  return direction.raw === "desc";
}

function documentsWith(
  { name }: MethodContext,
  params: readonly ParamModel[],
  options: readonly SelectionParamModel[],
): string {
  const narrowed = options.length > 0 ? ", as narrowed by `options`" : "";
  return params.length === 0
    ? `all ${documents(name)}${narrowed}`
    : `the ${documents(name)} with the given ${params.map((param) => words(param.field.name)).join(", ")}${narrowed}`;
}

function optionsType(method: string): string {
  return `${pascalCase(method)}Options`;
}
