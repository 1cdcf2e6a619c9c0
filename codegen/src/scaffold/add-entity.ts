import type { ObjectLiteralExpression, SourceFile } from "ts-morph";
import { Node } from "../compiler.js";

import { Locator, resolveExpression } from "../load/locate.js";
import { SPEC_PACKAGE } from "../load/paths.js";
import { camelCase, pascalCase } from "../model/names.js";
import { UsageError } from "../usage-error.js";
import { documentTypeLines, entityLines, type LocalNames, SKELETON_FUNCTIONS } from "./entity-skeleton.js";

/** Text that goes in at a position, after what came in there before it; nothing of what is there changes. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * The text of a spec with one more kind: its document type before the entities, its entity after the last one, and what
 * they call among the imports. Indentation and line ends are those of the file.
 *
 * @param file how messages name the spec
 * @throws UsageError when the name is none, or taken, or when the spec is not written so that something can be added to it
 */
export function addEntity(spec: SourceFile, name: string, file: string): string {
  refuseInvalid(name);
  const entities = entitiesOf(spec, file);
  if (entities.getProperty(name) !== undefined) {
    throw new UsageError(`${file} has an entity \`${name}\` already`, "choose another name");
  }
  const type = pascalCase(name);
  if (spec.getLocal(type) !== undefined) {
    throw new UsageError(
      `${file} has a \`${type}\` already, which would be the document type of \`${name}\``,
      "choose another name, or write the entity by hand",
    );
  }
  const { local, insertions } = imports(spec);
  const all = [...insertions, documentType(entities, name), ...entity(entities, name, local)];
  const text = spec.getFullText();
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return all
    .toReversed()
    .toSorted((a, b) => b.at - a.at)
    .reduce(
      (before, { at, text: added }) => before.slice(0, at) + added.replaceAll("\n", eol) + before.slice(at),
      text,
    );
}

function refuseInvalid(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return;
  const likely = camelCase(name.replaceAll(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, ""));
  throw new UsageError(
    `\`${name}\` cannot name an entity`,
    likely === "" ? "use a letter, then letters, digits and `_`" : `call it \`${likely}\``,
  );
}

function entitiesOf(spec: SourceFile, file: string): ObjectLiteralExpression {
  const place = new Locator(spec).find(["entities"]);
  const value = place === null ? undefined : resolveExpression(place.value);
  if (Node.isObjectLiteralExpression(value) && value.getSourceFile() === spec) return value;
  throw new UsageError(
    `${file} does not write its \`entities\` out as an object, so nothing can be added to it`,
    "write the entity by hand where they are made",
  );
}

/** What the spec calls the functions of a skeleton, and what brings those in that it does not import yet. */
function imports(spec: SourceFile): { local: LocalNames; insertions: Insertion[] } {
  const declarations = spec
    .getImportDeclarations()
    .filter((item) => item.getModuleSpecifierValue() === SPEC_PACKAGE && !item.isTypeOnly());
  const named = declarations.flatMap((item) => item.getNamedImports()).filter((item) => !item.isTypeOnly());
  const local = Object.fromEntries(
    SKELETON_FUNCTIONS.map((name) => {
      const found = named.find((item) => item.getName() === name);
      return [name, found?.getAliasNode()?.getText() ?? name];
    }),
  ) as LocalNames;
  const missing = SKELETON_FUNCTIONS.filter((name) => named.every((item) => item.getName() !== name));
  if (missing.length === 0) return { local, insertions: [] };
  const first = named[0];
  if (first === undefined) {
    const text = `import { ${missing.join(", ")} } from "${SPEC_PACKAGE}";\n`;
    return { local, insertions: [{ at: declarations[0]?.getStart() ?? 0, text }] };
  }
  // Among those that are there, each before the first that is greater, in a line of its own if they have one each.
  const own = first.getParentOrThrow();
  const siblings = named.filter((item) => item.getParent() === own);
  const [one, two] = siblings;
  const gap =
    two !== undefined && two.getStartLineNumber() !== one?.getStartLineNumber() ? `\n${indentOf(two)}` : " ";
  return {
    local,
    insertions: missing.map((name) => {
      const next = siblings.find((item) => item.getName() > name);
      return next === undefined
        ? { at: siblings.at(-1)!.getEnd(), text: `,${gap}${name}` }
        : { at: next.getStart(), text: `${name},${gap}` };
    }),
  };
}

/** The document type, before the statement that declares the entities, and the comments above that. */
function documentType(entities: ObjectLiteralExpression, name: string): Insertion {
  const spec = entities.getSourceFile();
  const statement = entities.getParentWhileOrThrow((parent) => !Node.isSourceFile(parent));
  const at = statement.getLeadingCommentRanges()[0]?.getPos() ?? statement.getStart();
  const lines = documentTypeLines(name).map((line) => line.replace("\t", indentUnit(spec)));
  return { at, text: `${lines.join("\n")}\n\n` };
}

/** The entity, after the last one. */
function entity(entities: ObjectLiteralExpression, name: string, local: LocalNames): Insertion[] {
  const text = entities.getSourceFile().getFullText();
  const unit = indentUnit(entities.getSourceFile());
  const last = entities.getProperties().at(-1);
  const closing = entities.getEnd() - 1;
  // After everything before the brace, the comments of the last entity among it.
  const at = text.slice(0, closing).trimEnd().length;
  const onOwnLine = text.slice(at, closing).includes("\n");
  const outer = indentOf(entities);
  const inner = outer + unit;
  const lines = entityLines(name, local).map((line) =>
    line.replace(/^\t*/, (tabs) => inner + unit.repeat(tabs.length)),
  );
  const added = { at, text: `\n${lines.join("\n")}${onOwnLine ? "" : `\n${outer}`}` };
  const comma = last === undefined || entities.compilerNode.properties.hasTrailingComma;
  return comma ? [added] : [{ at: last.getEnd(), text: "," }, added];
}

/** The white space that a node's line begins with. */
function indentOf(node: Node): string {
  const text = node.getSourceFile().getFullText();
  const line = text.slice(text.lastIndexOf("\n", node.getStart() - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** What one step of indentation is in a file: that of its first indented line. */
function indentUnit(spec: SourceFile): string {
  return /^([ \t]+)[^\s*]/m.exec(spec.getFullText())?.[1] ?? "  ";
}
