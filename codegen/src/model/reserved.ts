import { LONGEST_SQL_NAME } from "./names.js";
import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** Words that cannot name a variable of a module, and so neither a parameter nor anything derived from it. */
const RESERVED_WORDS = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
    "finally for function if implements import in instanceof interface let NaN Infinity new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/** Members that every object has, and `then`, which would make a promise of it. */
const OBJECT_MEMBERS = new Set([...Object.getOwnPropertyNames(Object.prototype), "then"]);

/** Members of every contract and storage, and of the backends below them, which have a member for each read too. */
const STORAGE_MEMBERS = new Set(
  (
    "clear getStats refreshStats init shutdown healthCheck " +
    "begin check close commit count flush putRow readMeta rollback rowCount stats tellsNewRows writers"
  ).split(" "),
);

/** Global types and values that emitted code uses by these names. */
const GLOBAL_TYPES = new Set(
  (
    "Array ArrayBuffer BigInt Boolean Buffer Date Error Function Infinity JSON Map Math NaN Number Object Partial Promise Proxy " +
    "Readonly ReadonlyArray Record Reflect RegExp Set String Symbol Uint8Array WeakMap any bigint boolean never null number " +
    "object string symbol undefined unknown void"
  ).split(" "),
);

/** Columns that every table has beside those of the spec. */
const OWN_COLUMNS = new Set(["seq", "data"]);

/** Tables that the storage keeps for itself. */
const OWN_TABLES = new Set(["meta", "migration", "migrations"]);

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Refuses, at its name, a member that emitted code could not be called by. `what`: "an entity". */
export function checkMemberName(value: SpecValue, name: string, what: string, isMethod = false): boolean {
  return checkIdentifier(name, what, isMethod, (finding) => value.reportName(finding));
}

/** The same for a name that the spec gives as a value. */
export function checkIdentifierValue(value: SpecValue, name: string, what: string): boolean {
  return checkIdentifier(name, what, false, (finding) => value.report(finding));
}

type Report = (finding: { rule: string; message: string; fix: string }) => void;

function checkIdentifier(name: string, what: string, isMethod: boolean, report: Report): boolean {
  if (OBJECT_MEMBERS.has(name)) {
    report({
      rule: "reserved-name",
      message: `${quote(name)} cannot name ${what}: ${name === "then" ? "it would make a promise of the object" : "every object has a member of that name"}`,
      fix: "choose another name",
    });
    return false;
  }
  if (isMethod && STORAGE_MEMBERS.has(name)) {
    report({
      rule: "reserved-name",
      message: `${quote(name)} cannot name ${what}: every storage has a member of that name`,
      fix: "choose another name",
    });
    return false;
  }
  if (RESERVED_WORDS.has(name)) {
    report({
      rule: "reserved-name",
      message: `${quote(name)} cannot name ${what}: it is a word of the language`,
      fix: "choose another name",
    });
    return false;
  }
  if (!IDENTIFIER.test(name)) {
    report({
      rule: "invalid-name",
      message: `${quote(name)} cannot name ${what}`,
      fix: "use a letter, then letters, digits and `_`",
    });
    return false;
  }
  return true;
}

/** Refuses a type name that is not one, or that hides a type which emitted code uses. */
export function checkTypeName(value: SpecValue, name: string, what: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_]*$/.test(name)) {
    value.report({
      rule: "invalid-name",
      message: `${quote(name)} cannot name ${what}`,
      fix: "use a capital letter, then letters, digits and `_`",
    });
    return false;
  }
  if (isGlobalType(name)) {
    value.report({
      rule: "reserved-name",
      message: `${quote(name)} cannot name ${what}: it is a type of the language`,
      fix: "choose another name",
    });
    return false;
  }
  return true;
}

/** Whether emitted code means something else by this name. */
export function isGlobalType(name: string): boolean {
  return GLOBAL_TYPES.has(name);
}

/** Refuses a table name that would need care in SQL, or that is taken. */
export function checkTableName(value: SpecValue, table: string): boolean {
  if (!/^[a-z][a-z0-9_]*$/.test(table) || table.length > LONGEST_SQL_NAME) {
    value.report({
      rule: "invalid-name",
      message: `${quote(table)} cannot name a table`,
      fix: `use a small letter, then small letters, digits and \`_\`, ${LONGEST_SQL_NAME} characters at most`,
    });
    return false;
  }
  if (OWN_TABLES.has(table)) {
    value.report({
      rule: "reserved-name",
      message: `${quote(table)} cannot name a table: the storage keeps one of that name for itself`,
      fix: "choose another name with `table`",
    });
    return false;
  }
  return true;
}

/** Refuses a field that has no column or that reading back would have to reach through a prototype (rule S18). */
export function checkFieldName(value: SpecValue): boolean {
  const name = value.raw as string;
  if (OBJECT_MEMBERS.has(name)) {
    value.report({
      rule: "reserved-name",
      message: `the field ${quote(name)} cannot have a column: every object has a member of that name`,
      fix: "use another field",
    });
    return false;
  }
  if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)) {
    value.report({
      rule: "invalid-name",
      message: `the field ${quote(name)} cannot have a column`,
      fix: "use a field whose name is made of letters, digits and `_`",
    });
    return false;
  }
  if (OWN_COLUMNS.has(name.toLowerCase())) {
    value.report({
      rule: "reserved-name",
      message: `the field ${quote(name)} cannot have a column: every table has a column ${quote(name.toLowerCase())} of its own`,
      fix: "use another field",
    });
    return false;
  }
  return true;
}
