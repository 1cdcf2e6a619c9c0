import type { ResolvedEntity } from "./entity.js";
import type { EntityModel, Model } from "./model.js";
import { fileStem } from "./names.js";
import { isGlobalType } from "./reserved.js";
import { quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";

/** Types that are emitted whatever the spec says. */
const EMITTED_TYPES = [
  "StorageBackend",
  "StorageModule",
  "StoragePage",
  "StorageError",
  "StorageErrorCode",
  "StorageErrorOutcome",
  "StorageKey",
];

/** Refuses two things of one name, anywhere in the schema. */
export function checkSchemaNames(schema: SpecValue, model: Model, entities: readonly ResolvedEntity[]): void {
  checkMethods(entities);
  checkTables(entities);
  checkFiles(entities);
  checkCounts(entities);
  checkTypes(schema, model, entities);
}

/** Remembers who took a name first. */
class Names {
  readonly #owners = new Map<string, string>();

  /** Who had the name before, or null, and then it is taken by `owner`. Empty names have been reported already. */
  take(name: string, owner: string): string | null {
    const before = this.#owners.get(name) ?? null;
    if (before === null && name !== "") {
      this.#owners.set(name, owner);
    }
    return before;
  }
}

function checkMethods(entities: readonly ResolvedEntity[]): void {
  const names = new Names();
  const methods = entities.flatMap(({ model, value }) =>
    model.methods.map((method) => ({
      method,
      entity: model.name,
      at: value.get("methods").get(method.name),
    })),
  );
  for (const { method, entity, at } of methods) {
    const before = names.take(method.name, `entity ${quote(entity)}`);
    if (before !== null) {
      at.reportName({
        rule: "duplicate-method",
        message: `${quote(method.name)} is a method of ${before} and of entity ${quote(entity)}, and they share one contract`,
        fix: "rename one of them",
      });
    }
  }
  checkBackendMembers(names, entities, methods);
}

/** Writes and "last" reads of a backend have derived names, which methods must leave alone. */
function checkBackendMembers(
  names: Names,
  entities: readonly ResolvedEntity[],
  methods: readonly { method: Model["entities"][number]["methods"][number]; at: SpecValue }[],
): void {
  for (const { method, at } of methods) {
    if (
      method.kind === "get" &&
      method.lastQuery !== null &&
      names.take(method.lastQuery, quote(method.name)) !== null
    ) {
      at.reportName({
        rule: "duplicate-method",
        message: `${quote(method.name)} needs a query ${quote(method.lastQuery)}, which is also the name of a method`,
        fix: "rename one of them",
      });
    }
  }
  for (const { method, at } of methods) {
    if (method.kind !== "store" && entities.some(({ model }) => model.put === method.name)) {
      at.reportName({
        rule: "reserved-name",
        message: `${quote(method.name)} cannot name a method that reads: backends write by that name`,
        fix: "choose another name",
      });
    }
  }
}

function checkTables(entities: readonly ResolvedEntity[]): void {
  const names = new Names();
  for (const { model, value } of entities) {
    const before = names.take(model.table, `entity ${quote(model.name)}`);
    if (before !== null) {
      const table = value.get("table");
      const report = {
        rule: "duplicate-table",
        message: `${before} and entity ${quote(model.name)} would share the table ${quote(model.table)}`,
        fix: "name another one with `table`",
      };
      if (table.raw === undefined) {
        value.reportName(report);
      } else {
        table.report(report);
      }
    }
  }
  for (const { model, value } of entities) {
    for (const index of [...model.indexes, ...model.uniques]) {
      const before = names.take(index.name, `an index of entity ${quote(model.name)}`);
      if (before !== null && model.table !== "") {
        value.reportName({
          rule: "duplicate-table",
          message: `an index of entity ${quote(model.name)} would have the name ${quote(index.name)}, which ${before} already has`,
          fix: "name another table with `table`",
        });
      }
    }
  }
}

/** Files are called by an entity's name in small letters, and not every disk tells small letters from capitals. */
function checkFiles(entities: readonly ResolvedEntity[]): void {
  const owners = new Map<string, EntityModel>();
  for (const { model, value } of entities) {
    const stem = fileStem(model.name);
    const before = owners.get(stem);
    owners.set(stem, model);
    // Of what would share a table, that is said.
    if (before === undefined || before.table === model.table) continue;
    value.reportName({
      rule: "duplicate-file",
      message: `entity ${quote(before.name)} and entity ${quote(model.name)} would share files called ${quote(stem)}`,
      fix: "rename one of them",
    });
  }
}

function checkCounts(entities: readonly ResolvedEntity[]): void {
  const names = new Names();
  for (const { model, value } of entities) {
    const before = names.take(model.count, `entity ${quote(model.name)}`);
    if (before !== null) {
      value.get("count").report({
        rule: "duplicate-count",
        message: `${before} and entity ${quote(model.name)} are both counted as ${quote(model.count)}`,
        fix: "give each a field of its own",
      });
    }
  }
}

function checkTypes(schema: SpecValue, model: Model, entities: readonly ResolvedEntity[]): void {
  const names = new Names();
  for (const name of EMITTED_TYPES) {
    names.take(name, "a type that is always emitted");
  }
  const refuse = (name: string, owner: string, report: SpecValue["report"]) => {
    const before = names.take(name, owner);
    if (before !== null) {
      report({
        rule: "duplicate-type-name",
        message: `${owner} is called ${quote(name)}, and so is ${before}`,
        fix: "rename one of them",
      });
    }
  };
  const options = { contract: model.contract, stats: model.stats, facade: model.facade?.type ?? "" };
  for (const [option, name] of Object.entries(options)) {
    const value = schema.get(option);
    refuse(name, option === "stats" ? "the interface of counts" : `the ${option}`, (finding) =>
      value.report(finding),
    );
  }
  for (const { model: entity, value } of entities) {
    refuse(entity.rowType, `the row of entity ${quote(entity.name)}`, (finding) => value.reportName(finding));
    for (const method of entity.methods) {
      if (method.kind !== "list" && method.kind !== "count") continue;
      refuse(method.optionsType ?? "", `the options of ${quote(method.name)}`, (finding) =>
        value.get("methods").get(method.name).reportName(finding),
      );
    }
  }
  checkDocumentTypes(names, entities);
}

/** Document types may be shared by entities, but each name must mean one type, and nothing else. */
function checkDocumentTypes(names: Names, entities: readonly ResolvedEntity[]): void {
  const meanings = new Map<string, string>();
  for (const { model, documentType, value } of entities.filter((each) => each.documentType.type !== null)) {
    const { name, text, imports } = model.type;
    for (const [alias, meaning] of [
      [name, JSON.stringify([text, imports])],
      ...imports.map((each) => [each.alias, JSON.stringify([each.alias, [each]])]),
    ] as [string, string][]) {
      if (meanings.get(alias) === meaning) {
        continue;
      }
      const before = meanings.has(alias)
        ? "another type of the schema"
        : isGlobalType(alias)
          ? "a type of the language"
          : names.take(alias, `the type of entity ${quote(model.name)}`);
      meanings.set(alias, meaning);
      if (before !== null) {
        value.source.problems.add(documentType.node, {
          rule: "duplicate-type-name",
          message: `the type of entity ${quote(model.name)} is called ${quote(alias)}, and so is ${before}`,
          fix: "rename it, or import it under another name with `as`",
        });
      }
    }
  }
}
