import type { Model } from "../model/model.js";
import { quote, type SpecValue } from "../model/spec-value.js";
import { nearest } from "../model/suggest.js";
import { describeChanges, list, lostEntities } from "./changes.js";
import { type ComposedUpgrade, composeUpgrades } from "./compose.js";
import { type EntityLayout, type Layout, layoutOf } from "./layout.js";
import type { ReleaseRecord } from "./records.js";
import { ENTITY_WORDS, type EntityWords, SCHEMA_WORDS, type Words, wordsOf } from "./words.js";

/** How the spec's version descends from the released ones. */
export interface Lineage {
  /** The spec's own version, released or not. */
  readonly layout: Layout;
  /** The versions before it, oldest first. */
  readonly earlier: readonly Layout[];
  readonly isReleased: boolean;
  /** From each version before, straight to the spec's. */
  readonly upgrades: readonly ComposedUpgrade[];
}

/**
 * Compares a spec with its released versions. What would lose data unasked, or change a released version, is reported to the
 * spec's problems; undefined where nothing has been released yet.
 */
export function resolveLineage(
  schema: SpecValue,
  model: Model,
  records: readonly ReleaseRecord[] | null,
): Lineage | undefined {
  const words = wordsOf(schema);
  const released = (records ?? []).map((record) => record.layout);
  const last = released.at(-1);
  if (last === undefined) {
    refuseWords(schema);
    return undefined;
  }
  if (last.name !== model.name) {
    schema.get("name").report({
      rule: "foreign-history",
      message: `the released versions beside the spec are of the schema ${quote(last.name)}, and this is ${quote(model.name)}`,
      fix: "keep the name, which databases are marked with, or give the other schema a folder of its own",
    });
    return undefined;
  }
  return model.version === last.version
    ? resolveReleased(schema, model, words, released)
    : resolveNext(schema, model, words, released);
}

/** Words about the version before say nothing where there is none. */
function refuseWords(schema: SpecValue): void {
  const entities = schema.get("entities").members();
  const given = [
    ...SCHEMA_WORDS.map((word) => schema.get(word)),
    ...entities.flatMap(([, entity]) => ENTITY_WORDS.map((word) => entity.get(word))),
  ].filter((value) => value.raw !== undefined);
  for (const value of given) {
    value.reportName({
      rule: "nothing-released",
      message: `${quote(value.path.at(-1))} speaks of the version before, and no version has been released yet`,
      fix: "leave it out; or, where databases exist, go back to the spec that made them and run `storage-codegen release`",
    });
  }
}

/** The spec is at the version that was released last, and must still be what it was then. */
function resolveReleased(
  schema: SpecValue,
  model: Model,
  words: Words,
  released: readonly Layout[],
): Lineage {
  const last = released.at(-1) as Layout;
  const changes = [
    ...describeChanges(last, layoutOf(model, { ...words, entities: unsaid(words, last) })),
    ...(words.readableFrom !== null && words.readableFrom !== last.readableFrom
      ? [`it is readable from version ${words.readableFrom}, and was from version ${last.readableFrom}`]
      : []),
    ...words.removedEntities
      .filter((name) => !last.removedEntities.includes(name))
      .map((name) => `it removes entity ${quote(name)}`),
  ];
  if (changes.length > 0) {
    const version = schema.get("version");
    version.reportName({
      rule: "changed-release",
      message: `version ${last.version} has been released, and the spec differs from it: ${changes.join("; ")}`,
      fix: `write \`version: ${last.version + 1}\`, or take the change back`,
    });
  }
  return {
    layout: last,
    earlier: released.slice(0, -1),
    isReleased: true,
    upgrades: composeUpgrades(released),
  };
}

/** What the spec says of entities that its last release did not say already; that may stay, or go. */
function unsaid(words: Words, last: Layout): ReadonlyMap<string, EntityWords> {
  return new Map(
    [...words.entities].map(([name, said]) => [
      name,
      withoutLeftovers(
        said,
        last.entities.find((each) => each.name === name),
        last,
      ),
    ]),
  );
}

function withoutLeftovers(words: EntityWords, before: EntityLayout | undefined, last: Layout): EntityWords {
  const { renamedFrom, renamedFields, onDuplicateKey } = words;
  const isDone =
    before !== undefined &&
    before.renamedFrom === renamedFrom &&
    !last.entities.some((entity) => entity.name === renamedFrom);
  const fields = Object.entries(renamedFields ?? {}).filter(
    ([name, old]) => before?.renamedFields?.[name] !== old,
  );
  return {
    ...(renamedFrom === undefined || isDone ? {} : { renamedFrom }),
    ...(fields.length === 0 ? {} : { renamedFields: Object.fromEntries(fields) }),
    ...(onDuplicateKey === undefined ? {} : { onDuplicateKey }),
  };
}

/** The spec is, or should be, at the version after the one that was released last. */
function resolveNext(
  schema: SpecValue,
  model: Model,
  words: Words,
  released: readonly Layout[],
): Lineage | undefined {
  const last = released.at(-1) as Layout;
  if (model.version !== last.version + 1) {
    const isOlder = model.version < last.version;
    schema.get("version").reportName({
      rule: isOlder ? "older-version" : "skipped-version",
      message: isOlder
        ? `version ${model.version} is older than version ${last.version}, which has been released`
        : `version ${model.version} does not follow version ${last.version}, which was released last`,
      fix: isOlder
        ? `write \`version: ${last.version}\`, or, for a change, \`version: ${last.version + 1}\``
        : `write \`version: ${last.version + 1}\``,
    });
    return undefined;
  }
  const effective: Words = {
    ...words,
    removedEntities: words.removedEntities.filter(
      (name) => !last.removedEntities.includes(name) || last.entities.some((entity) => entity.name === name),
    ),
    entities: unsaid(words, last),
  };
  const layout = layoutOf(model, effective);
  checkNames(schema, last, layout);
  if (!schema.source.problems.empty) return undefined;
  const upgrades = composeUpgrades([...released, layout]);
  checkReaders(schema, layout, upgrades);
  return { layout, earlier: released, isReleased: false, upgrades };
}

/** Refuses names that mean nothing, and entities that would be lost unasked. */
function checkNames(schema: SpecValue, before: Layout, after: Layout): void {
  const known = before.entities.map((entity) => entity.name);
  const origins = new Map<string, string>();
  for (const entity of after.entities) {
    const at = schema.get("entities").get(entity.name).get("renamedFrom");
    const origin = entity.renamedFrom ?? entity.name;
    const rival = origins.get(origin);
    if (entity.renamedFrom !== undefined && !known.includes(entity.renamedFrom)) {
      const near = nearest(entity.renamedFrom, known);
      at.report({
        rule: "unknown-entity",
        message: `version ${before.version} has no entity ${quote(entity.renamedFrom)}`,
        fix: near === null ? `its entities are ${list(known)}` : `did you mean ${quote(near)}?`,
      });
    } else if (rival !== undefined && known.includes(origin)) {
      schema
        .get("entities")
        .get(entity.renamedFrom === undefined ? rival : entity.name)
        .get("renamedFrom")
        .report({
          rule: "ambiguous-rename",
          message: `${quote(rival)} and ${quote(entity.name)} would both have been entity ${quote(origin)} of version ${before.version}`,
          fix: "let one of them be new, and give it another name",
        });
    }
    origins.set(origin, entity.name);
  }
  const lost = lostEntities(before, after).map((entity) => entity.name);
  const removed = schema.get("removedEntities");
  for (const name of after.removedEntities) {
    if (lost.includes(name)) continue;
    removed.report({
      rule: "unknown-entity",
      message: known.includes(name)
        ? `${quote(name)} is to be removed, and is still in the schema`
        : `${quote(name)} is to be removed, and version ${before.version} has no such entity`,
      fix: known.includes(name)
        ? "take it out of `entities`, or out of `removedEntities`"
        : `its entities are ${list(known)}`,
    });
  }
  for (const name of lost.filter((each) => !after.removedEntities.includes(each))) {
    const added = after.entities.find(
      (entity) => entity.renamedFrom === undefined && !known.includes(entity.name),
    );
    schema.get("entities").reportName({
      rule: "lost-entity",
      message: `entity ${quote(name)} of version ${before.version} is gone, and its documents would be lost`,
      fix:
        (added === undefined
          ? "bring it back; where it has another name now, say "
          : `where it is called ${quote(added.name)} now, say there `) +
        `${quote(`renamedFrom: "${name}"`)}; to lose them, say ${quote(`removedEntities: ["${name}"]`)} in the schema`,
    });
  }
}

/** Code of an older version can go on only where every column that it reads and writes is still there, and nothing more. */
function checkReaders(schema: SpecValue, layout: Layout, upgrades: readonly ComposedUpgrade[]): void {
  const { readableFrom, version } = layout;
  const at = schema.get("readableFrom");
  const oldest = upgrades[0]?.upgrade.from ?? version;
  if (readableFrom > version || readableFrom < oldest) {
    at.report({
      rule: "unreadable-version",
      message: `no version ${readableFrom} has been released`,
      fix: `name a released version from ${oldest} on, or leave it out`,
    });
    return;
  }
  for (const { upgrade, words, suitsOldCode } of upgrades) {
    if (upgrade.from < readableFrom || suitsOldCode) continue;
    at.report({
      rule: "unreadable-version",
      message: `code of version ${upgrade.from} cannot use a database of version ${version}: ${words.join("; ")}`,
      fix: "only new entities, and more indexes that are not unique over columns that are there already, leave older code right; leave `readableFrom` out, or name a later version",
    });
    return;
  }
}
