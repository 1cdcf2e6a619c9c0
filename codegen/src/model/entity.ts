import type { Node } from "ts-morph";
import { checkRenamedFields, ENTITY_WORDS } from "../history/words.js";
import { docOf, documents, sentence } from "./docs.js";
import { documentTypeOf } from "./document-type.js";
import type { DocumentType } from "./document-type.js";
import { EntityFields } from "./fields.js";
import { resolveMethods } from "./methods/methods.js";
import type { EntityModel, FieldModel, OrderTermModel } from "./model.js";
import { uniquesOf } from "./uniques.js";
import { boundedSqlName, camelCase, pascalCase, snakeCase } from "./names.js";
import { planReads } from "./reads.js";
import { refuseRepeated } from "./repeated.js";
import { checkIdentifierValue, checkMemberName, checkTableName } from "./reserved.js";
import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** An entity with what only resolving needs. */
export interface ResolvedEntity {
  readonly model: EntityModel;
  readonly value: SpecValue;
  readonly documentType: DocumentType;
}

/** Resolves one entity. What is wrong with it is reported; the model is then a stand-in that keeps other checks going. */
export function resolveEntity(value: SpecValue, name: string): ResolvedEntity | null {
  checkMemberName(value, name, "an entity");
  if (!value.isObject) {
    value.report({
      rule: "invalid-option",
      message: `entity ${quote(name)} is not an entity`,
      fix: `write ${quote(`${name}: entity<YourType>({ … })`)}`,
    });
    return null;
  }
  value.refuseUnknown("an entity", [
    "doc",
    "table",
    "key",
    "order",
    "unique",
    "count",
    "methods",
    ...ENTITY_WORDS,
  ]);
  const documentType = documentTypeOf(value, name);
  const keyValues = keyOf(value, name);
  const keyNames = keyValues.map((each) => String(each.raw));
  const fields = new EntityFields(documentType.type, documentType.model.name, keyNames);
  checkRenamedFields(value.get("renamedFields"), fields);
  const key = keyValues.map((each) => fields.resolve(each, "key", readsByKey(value)));
  const keyModels = key.filter((each) => each !== null);
  refuseRepeated(keyValues, "key");
  const order = orderOf(value, fields);
  const table = tableOf(value, name);
  const uniques = uniquesOf(value, fields, table, keyNames);
  const methods = resolveMethods({
    entity: value,
    name,
    fields,
    key: keyModels,
    keyIsSound: keyValues.length > 0 && keyModels.length === keyValues.length,
    hasOrder: value.get("order").elements().length > 0,
    order,
    uniques,
  });
  const { queries, indexes } = planReads(table, keyModels, order, uniques, methods.reads);
  return {
    value,
    documentType,
    model: {
      name,
      pascal: pascalCase(name),
      doc: docOf(value, sentence(documents(name))),
      line: value.line,
      type: documentType.model,
      table,
      count: countOf(value, name),
      key: keyModels,
      order,
      columns: keyFirst(fields.columns),
      indexes,
      uniques,
      methods: methods.models,
      queries,
      removals: methods.removals,
      rowType: `${pascalCase(name)}Row`,
      rowFactory: `${camelCase(name)}Row`,
      put: `put${pascalCase(name)}`,
    },
  };
}

function keyOf(entity: SpecValue, name: string): SpecValue[] {
  const key = entity.get("key");
  if (key.elements().length === 0) {
    key.reportName({
      rule: "missing-key",
      message:
        key.raw === undefined || Array.isArray(key.raw)
          ? `entity ${quote(name)} has no key`
          : `the key of entity ${quote(name)} is not a list of fields`,
      fix: 'name the fields that tell one document from another: `key: ["id"]`',
    });
  }
  return key.elements();
}

/** Where the compiler repeats what is wrong with a key: at every method that reads by it. */
function readsByKey(entity: SpecValue): Node[] {
  return entity
    .get("methods")
    .members()
    .filter(([, method]) => method.get("kind").raw === "get")
    .flatMap(([, method]) => [method.nameNode, method.node]);
}

function orderOf(entity: SpecValue, fields: EntityFields): OrderTermModel[] {
  const order = entity.get("order");
  if (order.raw !== undefined && !Array.isArray(order.raw)) {
    order.report({
      rule: "invalid-option",
      message: "`order` is not a list of terms",
      fix: 'write `order: [asc("field")]`',
    });
    return [];
  }
  const terms = order.elements();
  refuseRepeated(
    terms.map((term) => term.get("field")),
    "order",
  );
  return terms.map((term) => orderTerm(term, fields)).filter((term) => term !== null);
}

function orderTerm(term: SpecValue, fields: EntityFields): OrderTermModel | null {
  const direction = term.get("direction").raw;
  if (!term.isObject || (direction !== "asc" && direction !== "desc")) {
    term.report({
      rule: "invalid-option",
      message: `${quote(term.raw)} is not a term of an order`,
      fix: 'write `asc("field")` or `desc("field")`',
    });
    return null;
  }
  const field = fields.resolve(term.get("field"), "order");
  return field === null ? null : { field, direction };
}

function tableOf(entity: SpecValue, name: string): string {
  const table = entity.get("table");
  if (table.raw === undefined) {
    const derived = boundedSqlName(snakeCase(name));
    // A name that is no name at all has been reported already.
    if (/^[a-z][a-z0-9_]*$/.test(derived)) {
      checkTableName(entity, derived);
    }
    return derived;
  }
  if (typeof table.raw !== "string") {
    table.report({ rule: "invalid-option", message: "`table` is not a name", fix: "write it as a string" });
    return "";
  }
  return checkTableName(table, table.raw) ? table.raw : "";
}

function countOf(entity: SpecValue, name: string): string {
  const count = entity.get("count");
  if (typeof count.raw !== "string" || count.raw === "") {
    count.reportName({
      rule: "missing-count",
      message: `entity ${quote(name)} does not name its field in the stats`,
      fix: `write ${quote(`count: "${name}Count"`)}`,
    });
    return "";
  }
  return checkIdentifierValue(count, count.raw, "a field of the stats") ? count.raw : "";
}

function keyFirst(columns: readonly FieldModel[]): FieldModel[] {
  return [...columns.filter((field) => field.key), ...columns.filter((field) => !field.key)];
}
