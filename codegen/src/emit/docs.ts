import type {
  CountMethodModel,
  EntityModel,
  FieldModel,
  ListMethodModel,
  MethodModel,
  Model,
  OrderTermModel,
  PlainQueryModel,
  RemovalModel,
  SelectionParamModel,
  SelectQueryModel,
  UniqueModel,
} from "../model/model.js";
import { words } from "../model/names.js";

/** `createdAt, then the position of first storing` */
export function orderPhrase(order: readonly OrderTermModel[]): string {
  const terms = order.map(
    (term) => `\`${term.field.name}\`${term.direction === "desc" ? " descending" : ""}`,
  );
  return [...terms, "the position of first storing"].join(", then ");
}

/** What a backend's read returns, in one sentence. */
export function callDoc(entity: EntityModel, query: PlainQueryModel): string {
  const noun = words(entity.name);
  if (query.kind === "unique") {
    return `The ${noun} of this ${fieldList(query.where)}, which no two share; undefined when there is none (rule S7).`;
  }
  if (query.kind === "key") return `The ${noun} of this key; undefined when there is none (rule S7).`;
  const which =
    query.where.length === 0 ? `Every ${noun}` : `Every ${noun} of this ${fieldList(query.where)}`;
  if (query.kind === "list") return `${which}, ordered by ${orderPhrase(query.order)} (rule S6).`;
  return (
    `The last ${noun} of this ${fieldList(query.where)} by ${orderPhrase(query.order).split(", then the position")[0]};` +
    ` among equals the one stored first (rule S6). Undefined when there is none.`
  );
}

/** What a backend's selecting read returns, in one sentence. */
export function selectionDoc(entity: EntityModel, query: SelectQueryModel): string {
  const noun = words(entity.name);
  const of = query.where.length === 0 ? "" : ` of this ${fieldList(query.where)}`;
  const narrowed = query.filters.length > 0 || query.range !== null ? ", as narrowed by `selection`" : "";
  if (query.kind === "count") return `The number of ${noun} documents${of}${narrowed}.`;
  const order = `ordered by ${orderPhrase(query.order)}${query.descending ? ", in reverse" : ""} (rule S6)`;
  return `Every ${noun}${of}${narrowed}, ${order}${query.paged ? ", each with its place" : ""}.`;
}

/** What a backend's removal does, in one sentence. */
export function removalDoc(entity: EntityModel, { where }: RemovalModel): string {
  const noun = words(entity.name);
  return where.length === entity.key.length
    ? `Removes the ${noun} of this key. Answers how many it were: 0 or 1.`
    : `Removes every ${noun} of this ${fieldList(where)}. Answers how many it were.`;
}

/** `slug; scope, owner and name`: what no two documents share. */
export function uniquePhrase(uniques: readonly UniqueModel[]): string {
  return uniques.map(({ fields }) => joined(fields.map((field) => field.name))).join("; ");
}

/** The whole documentation of a contract method: what comes back, its order, what a miss is, which errors, and its source. */
export function methodDoc(model: Model, entity: EntityModel, method: MethodModel): string {
  const details = behaviour(entity, method);
  return [
    method.doc,
    "",
    ...(details.length === 0 ? [] : [...details, ""]),
    ...tags(entity, method),
    `@see \`${entity.name}.methods.${method.name}\` in ${model.source}`,
  ].join("\n");
}

function behaviour(entity: EntityModel, method: MethodModel): string[] {
  const noun = words(entity.name);
  switch (method.kind) {
    case "store":
      return [
        `An earlier ${noun} of the same ${fieldList(entity.key)} is overwritten and keeps its position (rule S6).`,
        "The document is copied: changing it afterwards changes nothing that is stored (rule S5).",
      ];
    case "list":
      return [
        `Ordered by ${orderPhrase(entity.order)}${method.descending ? ", in reverse" : ""} (rule S6); ` +
          `${method.paged ? "an empty page" : "`[]`"} when nothing matches (rule S7).`,
        ...(method.paged
          ? [
              "What is there all the while is read once and in order, whatever others store or remove between two pages.",
            ]
          : []),
      ];
    case "count":
      return [];
    case "remove":
      return [`What is stored again afterwards is a new ${noun}: its position is the last (rule S6).`];
    case "get": {
      const optional = method.params.find((param) => param.optional);
      if (optional === undefined) return [];
      return [
        `Without \`${optional.name}\`, or with an empty one, it is the last by ${entity.order
          .map((term) => `\`${term.field.name}\``)
          .join(", ")};`,
        "among equals, the one stored first (rules S3 and S6).",
      ];
    }
  }
}

function tags(entity: EntityModel, method: MethodModel): string[] {
  const noun = words(entity.name);
  switch (method.kind) {
    case "store":
      return [
        `@throws StorageError \`INVALID_INPUT\` or \`TOO_LARGE\` when the ${noun} cannot be kept without loss (rules S1 and S4);`,
        ...(entity.uniques.length > 0
          ? [
              `\`CONFLICT\` when another one has the same ${entity.uniques.map(({ fields }) => fieldList(fields)).join(", or the same ")};`,
            ]
          : []),
        "otherwise what the backend met, such as `BUSY` or `DISK_FULL` (rule S13).",
      ];
    case "remove":
      return [
        "@returns How many were removed; 0 when there is none (rule S7).",
        `${WRONG_ARGUMENT};`,
        "otherwise what the backend met, such as `BUSY` or `DISK_FULL` (rule S13).",
      ];
    case "count":
      return [
        "@returns How many match; 0 when nothing does (rule S7).",
        `${WRONG_ARGUMENT}${wrongOption(method)}.`,
      ];
    case "list":
      return [
        method.paged
          ? "@returns A page of copies (rule S5), and in `next` where to go on; undefined after the last."
          : "@returns A copy of every match (rule S5).",
        `${WRONG_ARGUMENT}${wrongOption(method)}.`,
      ];
    case "get":
      return [
        `@returns A copy of the ${noun} (rule S5); \`${method.miss}\` when there is none (rule S7).`,
        `${WRONG_ARGUMENT}.`,
      ];
  }
}

const WRONG_ARGUMENT = "@throws StorageError `INVALID_INPUT` when an argument is of the wrong type (rule S1)";

/** What else is refused where there are options. */
function wrongOption(method: ListMethodModel | CountMethodModel): string {
  if (method.optionsType === null) return "";
  const isPaged = method.kind === "list" && method.paged;
  return `, or an option is unknown (rule S16)${isPaged ? ", or `after` is no cursor of this method" : ""}`;
}

/** Documentation of a member of a method's options. */
export function optionDoc({ use, field }: SelectionParamModel): string {
  switch (use) {
    case "filter":
      return `Only those of this \`${field.name}\`.`;
    case "from":
      return `Only those whose \`${field.name}\` is this or greater.`;
    case "to":
      return `Only those whose \`${field.name}\` is less than this.`;
  }
}

function fieldList(fields: readonly FieldModel[]): string {
  return joined(fields.map((field) => `\`${field.name}\``));
}

/** `a, b and c` */
function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** What a contract method returns, in the few words of a table. */
export function methodReturns(entity: EntityModel, method: MethodModel): string {
  switch (method.kind) {
    case "store":
      return "nothing, once it is stored";
    case "list":
      return `${method.paged ? "a page of matches" : "every match"}, by ${orderPhrase(entity.order)}${method.descending ? ", in reverse" : ""}`;
    case "count":
      return "how many match";
    case "remove":
      return "how many were removed";
    case "get":
      return `the ${words(entity.name)}, or \`${method.miss}\``;
  }
}
