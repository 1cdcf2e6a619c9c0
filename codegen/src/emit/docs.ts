import type {
  EntityModel,
  FieldModel,
  MethodModel,
  Model,
  OrderTermModel,
  QueryModel,
} from "../model/model.js";

/** `timescapeMetadata` as `timescape metadata`, for sentences. */
export function entityNoun(entity: EntityModel): string {
  return entity.name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

/** `createdAt, then the position of first storing` */
export function orderPhrase(order: readonly OrderTermModel[]): string {
  const terms = order.map(
    (term) => `\`${term.field.name}\`${term.direction === "desc" ? " descending" : ""}`,
  );
  return [...terms, "the position of first storing"].join(", then ");
}

/** What a backend's read returns, in one sentence. */
export function callDoc(entity: EntityModel, query: QueryModel): string {
  const noun = entityNoun(entity);
  if (query.kind === "key") return `The ${noun} of this key; undefined when there is none (rule S7).`;
  const which =
    query.where.length === 0 ? `Every ${noun}` : `Every ${noun} of this ${fieldList(query.where)}`;
  if (query.kind === "list") return `${which}, ordered by ${orderPhrase(query.order)} (rule S6).`;
  return (
    `The last ${noun} of this ${fieldList(query.where)} by ${orderPhrase(query.order).split(", then the position")[0]};` +
    ` among equals the one stored first (rule S6). Undefined when there is none.`
  );
}

/** The whole documentation of a contract method: what comes back, its order, what a miss is, which errors, and its source. */
export function methodDoc(model: Model, entity: EntityModel, method: MethodModel): string {
  return [
    method.doc,
    "",
    ...behaviour(entity, method),
    "",
    ...tags(entity, method),
    `@see \`${entity.name}.methods.${method.name}\` in ${model.source}`,
  ].join("\n");
}

function behaviour(entity: EntityModel, method: MethodModel): string[] {
  const noun = entityNoun(entity);
  if (method.kind === "store") {
    const keyFields = fieldList(entity.key);
    return [
      `An earlier ${noun} of the same ${keyFields} is overwritten and keeps its position (rule S6).`,
      "The document is copied: changing it afterwards changes nothing that is stored (rule S5).",
    ];
  }
  if (method.kind === "list") {
    return [`Ordered by ${orderPhrase(entity.order)} (rule S6); \`[]\` when nothing matches (rule S7).`];
  }
  const optional = method.params.find((param) => param.optional);
  if (optional === undefined) return [];
  return [
    `Without \`${optional.name}\`, or with an empty one, it is the last by ${entity.order
      .map((term) => `\`${term.field.name}\``)
      .join(", ")};`,
    "among equals, the one stored first (rules S3 and S6).",
  ];
}

function tags(entity: EntityModel, method: MethodModel): string[] {
  const noun = entityNoun(entity);
  if (method.kind === "store") {
    return [
      `@throws StorageError \`INVALID_INPUT\` or \`TOO_LARGE\` when the ${noun} cannot be kept without loss (rules S1 and S4);`,
      "otherwise what the backend met, such as `BUSY` or `DISK_FULL` (rule S13).",
    ];
  }
  const returns =
    method.kind === "list"
      ? `A copy of every match (rule S5).`
      : `A copy of the ${noun} (rule S5); \`${method.miss}\` when there is none (rule S7).`;
  return [
    `@returns ${returns}`,
    "@throws StorageError `INVALID_INPUT` when an argument is of the wrong type (rule S1).",
  ];
}

function fieldList(fields: readonly FieldModel[]): string {
  const names = fields.map((field) => `\`${field.name}\``);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** What a contract method returns, in the few words of a table. */
export function methodReturns(entity: EntityModel, method: MethodModel): string {
  if (method.kind === "store") return "nothing, once it is stored";
  if (method.kind === "list") return `every match, by ${orderPhrase(entity.order)}`;
  return `the ${entityNoun(entity)}, or \`${method.miss}\``;
}
