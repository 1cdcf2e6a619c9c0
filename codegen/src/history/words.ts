import type { EntityFields } from "../model/fields.js";
import { quote, type SpecValue } from "../model/spec-value.js";

/** What a spec says of an entity's past. */
export interface EntityWords {
  /** Its name in the version before. */
  readonly renamedFrom?: string;
  /** Properties of its documents that had another name in the version before: new name to old name. */
  readonly renamedFields?: Readonly<Record<string, string>>;
  readonly onDuplicateKey?: "keep-first" | "keep-last";
}

/** Everything that a spec says of the version before. */
export interface Words {
  readonly readableFrom: number | null;
  readonly removedEntities: readonly string[];
  readonly entities: ReadonlyMap<string, EntityWords>;
}

/** Options of an entity, and of a schema, that speak of the version before. */
export const ENTITY_WORDS = ["renamedFrom", "renamedFields", "onDuplicateKey"];
export const SCHEMA_WORDS = ["readableFrom", "removedEntities"];

/** Reads what a spec says of the version before. What is malformed is reported, and left out. */
export function wordsOf(schema: SpecValue): Words {
  return {
    readableFrom: readableFromOf(schema.get("readableFrom")),
    removedEntities: removedOf(schema.get("removedEntities")),
    entities: new Map(
      schema
        .get("entities")
        .members()
        .map(([name, entity]) => [name, entityWordsOf(entity)]),
    ),
  };
}

function readableFromOf(value: SpecValue): number | null {
  const { raw } = value;
  if (raw === undefined) return null;
  if (typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 1) return raw;
  value.report({
    rule: "invalid-option",
    message: `${quote(raw)} is not a version of a schema`,
    fix: "name the oldest version whose code may go on using the database: `readableFrom: 1`",
  });
  return null;
}

function removedOf(value: SpecValue): string[] {
  if (value.raw === undefined) return [];
  const names = value.elements().map((element) => element.raw);
  if (Array.isArray(value.raw) && names.every((name) => typeof name === "string")) return names.toSorted();
  value.report({
    rule: "invalid-option",
    message: "`removedEntities` is not a list of names",
    fix: 'name entities of the version before: `removedEntities: ["job"]`',
  });
  return [];
}

function entityWordsOf(entity: SpecValue): EntityWords {
  const renamedFrom = entity.get("renamedFrom");
  const onDuplicateKey = entity.get("onDuplicateKey");
  const fields = renamedFieldsOf(entity.get("renamedFields"));
  if (renamedFrom.raw !== undefined && typeof renamedFrom.raw !== "string") {
    renamedFrom.report({
      rule: "invalid-option",
      message: `${quote(renamedFrom.raw)} is not the name of an entity`,
      fix: 'write the name it had in the version before: `renamedFrom: "job"`',
    });
  }
  const policy = onDuplicateKey.raw;
  if (policy !== undefined && policy !== "keep-first" && policy !== "keep-last") {
    onDuplicateKey.report({
      rule: "invalid-option",
      message: `${quote(policy)} is not a value of \`onDuplicateKey\``,
      fix: 'write "keep-first" or "keep-last", or leave it out: rows that would share a key are then refused',
    });
  }
  return {
    ...(typeof renamedFrom.raw === "string" ? { renamedFrom: renamedFrom.raw } : {}),
    ...(Object.keys(fields).length > 0 ? { renamedFields: fields } : {}),
    ...(policy === "keep-first" || policy === "keep-last" ? { onDuplicateKey: policy } : {}),
  };
}

function renamedFieldsOf(value: SpecValue): Record<string, string> {
  const entries = value
    .members()
    .flatMap(([name, old]) => (typeof old.raw === "string" ? [[name, old.raw]] : []));
  return Object.fromEntries(entries.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1))) as Record<
    string,
    string
  >;
}

/** Reports renamed fields that the document type speaks against: it has the new ones, and the old ones no longer. */
export function checkRenamedFields(value: SpecValue, fields: EntityFields): void {
  if (value.raw === undefined) return;
  if (!value.isObject) {
    value.report({
      rule: "invalid-option",
      message: `${quote(value.raw)} is not a value of \`renamedFields\``,
      fix: 'name new fields and what they were called before: `renamedFields: { newName: "oldName" }`',
    });
    return;
  }
  const members = value.namedMembers();
  const seen = new Set<string>();
  for (const [name, old] of members) {
    if (typeof old.raw !== "string" || old.raw === "" || old.raw === name) {
      old.report({
        rule: "invalid-option",
        message: `${quote(old.raw)} is not what the field ${quote(name)} was called before`,
        fix: 'write the name it had in the version before: `renamedFields: { newName: "oldName" }`',
      });
    } else if (!fields.has(name)) {
      old.reportName({
        rule: "unknown-field",
        message: `${quote(name)} is said to be the new name of a field, and the document type has none of that name`,
        fix: `write new names first: \`renamedFields: { newName: "oldName" }\``,
      });
    } else if (fields.has(old.raw) && value.get(old.raw).raw === undefined) {
      old.report({
        rule: "ambiguous-rename",
        message: `${quote(old.raw)} is said to be an old name of a field, and the document type still has a field of that name`,
        fix: `take ${quote(old.raw)} out of the type, or ${quote(name)} out of \`renamedFields\``,
      });
    } else if (seen.has(old.raw)) {
      old.report({
        rule: "ambiguous-rename",
        message: `two fields are said to have been called ${quote(old.raw)} before`,
        fix: "name each old field once",
      });
    }
    if (typeof old.raw === "string") seen.add(old.raw);
  }
}
