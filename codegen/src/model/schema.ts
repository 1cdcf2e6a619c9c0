import { SCHEMA_WORDS } from "../history/words.js";
import { checkSchemaNames } from "./clashes.js";
import { resolveEntity } from "./entity.js";
import type { FacadeModel, Model, PackagesModel, ShapesModel } from "./model.js";
import { applicationId } from "./names.js";
import { checkTypeName } from "./reserved.js";
import { ShapeWalk } from "./shapes.js";
import type { SpecSource } from "./spec-source.js";
import { quote, SpecValue } from "./spec-value.js";

/** What is emitted from. */
export interface Resolved {
  readonly model: Model;
  readonly shapes: ShapesModel;
}

const OPTIONS = [
  "name",
  "version",
  "contract",
  "stats",
  "facade",
  "module",
  "packages",
  "entities",
  ...SCHEMA_WORDS,
];

/** Resolves an evaluated spec. Reports every mistake to `source.problems`; the result is sound only if there is none. */
export function resolveSchema(raw: unknown, source: SpecSource): Resolved | null {
  const schema = new SpecValue(source, [], raw);
  if (!schema.isObject || !OPTIONS.some((option) => Object.hasOwn(raw as object, option))) {
    source.problems.add(schema.node, {
      rule: "no-default-export",
      message: raw === undefined ? "the spec has no default export" : "the default export is not a schema",
      fix: "write `export default defineSchema({ … })`",
    });
    return null;
  }
  schema.refuseUnknown("a schema", OPTIONS);
  const name = nameOf(schema);
  const entities = entitiesOf(schema);
  const model: Model = {
    name,
    version: versionOf(schema),
    source: source.pathOf(source.spec),
    tablePrefix: `${name}_`,
    applicationId: applicationId(name),
    contract: typeName(schema, "contract", "JobStore"),
    stats: typeName(schema, "stats", "JobStats"),
    facade: facadeOf(schema),
    module: moduleOf(schema),
    packages: packagesOf(schema),
    entities: entities.map((entity) => entity.model),
  };
  checkSchemaNames(schema, model, entities);
  const walk = new ShapeWalk(source.project, source.problems);
  const shapes = entities.flatMap(({ model: entity, documentType: { type, node } }) =>
    type === null ? [] : [[entity.name, walk.walk(type, entity.type.name, node)] as const],
  );
  return { model, shapes: { entities: Object.fromEntries(shapes), named: walk.named } };
}

function entitiesOf(schema: SpecValue) {
  const entities = schema.get("entities");
  if (entities.members().length === 0) {
    entities.reportName({
      rule: "empty-schema",
      message: "the schema has no entities, so there is nothing to store",
      fix: "add one: `entities: { job: entity<Job>({ … }) }`",
    });
  }
  return entities
    .namedMembers()
    .map(([name, value]) => resolveEntity(value, name))
    .filter((entity) => entity !== null);
}

function nameOf(schema: SpecValue): string {
  const name = schema.get("name");
  if (!isText(name, "jobs")) {
    return "";
  }
  const { raw } = name;
  if (!/^[a-z][a-z0-9_]*$/.test(raw) || raw.length > 24) {
    name.report({
      rule: "invalid-name",
      message: `${quote(raw)} cannot name a schema`,
      fix: "use a small letter, then small letters, digits and `_`, 24 characters at most",
    });
  } else if (/^(sqlite|pg)(_|$)/.test(raw)) {
    name.report({
      rule: "reserved-name",
      message: `${quote(raw)} cannot name a schema: databases keep tables of that prefix for themselves`,
      fix: "choose another name",
    });
  }
  return raw;
}

/** Whether a required member is a text. Reports it when not. */
function isText(value: SpecValue, example: string): value is SpecValue & { raw: string } {
  if (typeof value.raw === "string") {
    return true;
  }
  const option = String(value.path.at(-1));
  const finding =
    value.raw === undefined
      ? { rule: "missing-option", message: `the option ${quote(option)} is missing` }
      : { rule: "invalid-option", message: `${quote(option)} is not a text` };
  value.reportName({ ...finding, fix: `write ${quote(`${option}: "${example}"`)}` });
  return false;
}

function typeName(schema: SpecValue, option: string, example: string): string {
  const value = schema.get(option);
  if (!isText(value, example)) {
    return "";
  }
  return checkTypeName(value, value.raw, "a type") ? value.raw : "";
}

function versionOf(schema: SpecValue): number {
  const version = schema.get("version");
  const raw = version.raw ?? 1;
  if (typeof raw !== "number" || !Number.isSafeInteger(raw) || raw < 1 || raw > 0x7fffffff) {
    version.report({
      rule: "invalid-version",
      message: `${quote(raw)} is not a version of a schema`,
      fix: "count up from 1",
    });
    return 1;
  }
  return raw;
}

function facadeOf(schema: SpecValue): FacadeModel | null {
  if (schema.get("facade").raw === undefined) {
    return null;
  }
  const type = typeName(schema, "facade", "Jobs");
  return { type, factory: `create${type}` };
}

function moduleOf(schema: SpecValue): string {
  const module = schema.get("module");
  if (module.raw === undefined) {
    return "storage";
  }
  if (!isText(module, "storage")) {
    return "";
  }
  const { raw } = module;
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(raw)) {
    module.report({
      rule: "invalid-name",
      message: `${quote(raw)} cannot name a module`,
      fix: "use a small letter, then small letters, digits and `-`",
    });
  }
  return raw;
}

const SCOPE = /^@[a-z0-9-~][a-z0-9-._~]*$/;
const SEMVER = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const PACKAGE = /^(@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/;
const RANGE = /^[0-9A-Za-z.^~<>=|*+ -]+$/;
const LICENSE = /^[A-Za-z0-9.+() -]+$/;

function packagesOf(schema: SpecValue): PackagesModel | null {
  const packages = schema.get("packages");
  if (packages.raw === undefined) {
    return null;
  }
  if (!packages.isObject) {
    packages.report({
      rule: "invalid-option",
      message: `${quote(packages.raw)} is not a value of \`packages\``,
      fix: 'write `packages: { scope: "@example", version: "0.1.0" }`',
    });
    return null;
  }
  packages.refuseUnknown("`packages`", ["scope", "version", "license", "peerDependencies"]);
  const license = packages.get("license");
  return {
    scope: matching(packages.get("scope"), SCOPE, "invalid-scope", "a scope of npm packages", "@example"),
    version: matching(packages.get("version"), SEMVER, "invalid-version", "a version of a package", "0.1.0"),
    license:
      license.raw === undefined
        ? "MIT"
        : matching(license, LICENSE, "invalid-license", "an SPDX licence", "MIT"),
    peerDependencies: resolvePeers(packages.get("peerDependencies")),
  };
}

function resolvePeers(peers: SpecValue): Record<string, string> {
  if (peers.raw === undefined) {
    return {};
  }
  if (!peers.isObject) {
    peers.report({
      rule: "invalid-option",
      message: `${quote(peers.raw)} is not a value of \`peerDependencies\``,
      fix: 'write `peerDependencies: { "some-package": "^1.0.0" }`',
    });
    return {};
  }
  return Object.fromEntries(
    peers.namedMembers().map(([name, range]) => {
      if (!PACKAGE.test(name)) {
        range.reportName({
          rule: "invalid-name",
          message: `${quote(name)} cannot name a package`,
          fix: "write the name that the package is installed by",
        });
      }
      return [name, matching(range, RANGE, "invalid-range", "a range of versions", "^1.0.0")];
    }),
  );
}

function matching(value: SpecValue, pattern: RegExp, rule: string, what: string, example: string): string {
  if (!isText(value, example)) {
    return "";
  }
  if (!pattern.test(value.raw)) {
    value.report({
      rule,
      message: `${quote(value.raw)} is not ${what}`,
      fix: `write it like ${quote(example)}`,
    });
  }
  return value.raw;
}
