import type { EntityModel, FieldModel, ShapeModel, ShapesModel } from "../model/model.js";
import { words } from "../model/names.js";
import type { ImportSet } from "./imports.js";
import { ArbitraryTexts, leafShapes, leastValue, shapeFunction } from "./shape-texts.js";
import type { SchemaView } from "./views/schema.js";

/** How deep recursive types are drawn. */
const DEPTH = 3;

/** `shapes.ts`: arbitraries of the recursive types. */
export function emitShapes(shapes: ShapesModel, imports: ImportSet): string {
  const arbitrary = imports.add("Arbitrary", "npm:fast-check", true);
  const memo = imports.add("memo", "npm:fast-check", false);
  const cut = new ArbitraryTexts(imports, leafName);
  const deep = new ArbitraryTexts(imports, (name) => `${shapeFunction(name)}(depth - 1)`);
  const leaves = [...leafShapes(shapes)].map(
    ([name, shape]) => `const ${leafName(name)}: ${arbitrary}<unknown> = ${cut.print(shape)};`,
  );
  const functions = Object.entries(shapes.named).map(
    ([name, shape]) =>
      `/** \`${name}\`, with at most \`depth\` of its kind within each other. */\n` +
      `export const ${shapeFunction(name)} = ${memo}((depth): ${arbitrary}<unknown> => depth <= 1 ? ${leafName(name)} : ${deep.print(shape)});`,
  );
  return [...leaves, ...functions].join("\n\n");
}

/** `arbitraries.ts`: documents of each entity, made of the shape of its type. */
export function emitArbitraries(view: SchemaView, shapes: ShapesModel, imports: ImportSet): string {
  const texts = new ArbitraryTexts(
    imports,
    (name) => `${imports.add(shapeFunction(name), "./shapes", false)}(${DEPTH})`,
  );
  return view.model.entities.map((entity) => emitEntity(entity, shapes, texts, imports)).join("\n\n");
}

function emitEntity(
  entity: EntityModel,
  shapes: ShapesModel,
  texts: ArbitraryTexts,
  imports: ImportSet,
): string {
  const shape = rootShape(entity, shapes);
  const fields = `${entity.name}Fields`;
  const columns = entity.columns.map((field) => `${field.name}: ${fieldText(field, shape, texts, imports)}`);
  const replaced = new Map(entity.columns.map((field) => [field.name, `${fields}.${field.name}`]));
  const type = imports.add(entity.type.name, "main", true);
  const arbitrary = imports.add("Arbitrary", "npm:fast-check", true);
  const options = imports.add("ArbitraryOptions", "kit/testing", true);
  const keys = JSON.stringify(entity.key.map((field) => field.name));
  const noun = words(entity.name);
  return `/** What a ${noun} is found and ordered by: few values that collide, mixed with hostile ones (rule S1). */
export const ${fields} = { ${columns.join(", ")} };

/** Documents of the type \`${entity.type.name}\`, drawn from the whole domain of rule S4. */
export function ${entity.name}Arbitrary(options: ${options} = {}): ${arbitrary}<${type}> {
  return ${imports.add("documentsOf", "kit/testing", false)}(${texts.print(shape, replaced)}, ${keys}, options);
}`;
}

/** `samples.ts`: the least document of each entity. */
export function emitSamples(view: SchemaView, shapes: ShapesModel): string {
  const leaves = leafShapes(shapes);
  return view.model.entities
    .map(
      (entity) => `/** The least ${words(entity.name)} that its type allows. */
export function ${entity.name}Sample(): object {
  return ${leastValue(rootShape(entity, shapes), leaves)};
}`,
    )
    .join("\n\n");
}

function fieldText(field: FieldModel, shape: ShapeModel, texts: ArbitraryTexts, imports: ImportSet): string {
  const own = propertyShapes(shape, field.name);
  const isPlain = own.every((item) => item.kind === field.kind || item.kind === "undefined");
  // A type that names its values, such as a union of literals, keeps to them.
  if (!isPlain) return texts.print(own.length === 1 ? own[0]! : { kind: "union", members: own });
  if (field.kind === "boolean") return `${imports.add("boolean", "npm:fast-check", false)}()`;
  const what = field.kind === "string" ? "Text" : "Number";
  return `${imports.add(`${field.key ? "key" : "indexed"}${what}`, "kit/testing", false)}()`;
}

/** The shapes that a property has in an object, or in the members of a union. */
function propertyShapes(shape: ShapeModel, name: string): ShapeModel[] {
  if (shape.kind === "union") return shape.members.flatMap((member) => propertyShapes(member, name));
  if (shape.kind !== "object") return [];
  return shape.properties.filter((property) => property.name === name).map((property) => property.shape);
}

/** The shape of an entity's document, with the names of recursive types followed as far as objects. */
function rootShape(entity: EntityModel, shapes: ShapesModel): ShapeModel {
  const follow = (shape: ShapeModel): ShapeModel => {
    if (shape.kind === "reference") return follow(shapes.named[shape.name] ?? { kind: "any" });
    return shape.kind === "union" ? { kind: "union", members: shape.members.map(follow) } : shape;
  };
  return follow(shapes.entities[entity.name] ?? { kind: "any" });
}

function leafName(name: string): string {
  return `${shapeFunction(name)}Leaf`;
}
