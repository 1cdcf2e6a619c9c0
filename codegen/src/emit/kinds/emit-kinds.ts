import type { ShapesModel } from "../../model/model.js";
import type { ImportSet } from "../imports.js";
import type { SchemaView } from "../views/schema.js";
import { CopyFunctions } from "./copy-functions.js";
import { CopyPlanner } from "./copy-plan.js";

/** `kinds.ts`: how the documents of each entity are copied. */
export function emitKinds(view: SchemaView, shapes: ShapesModel, imports: ImportSet): string {
  const planner = new CopyPlanner(shapes);
  const functions = new CopyFunctions(imports, (name) => planner.planOf(name));
  const type = imports.add("DocumentKind", "kit", true);
  const kinds = view.entities.map((entity) => {
    const plan = planner.plan(shapes.entities[entity.name] ?? { kind: "any" });
    const name = JSON.stringify(entity.name);
    const kind =
      plan.kind === "anything"
        ? `${imports.add("anyKind", "kit", false)}(${name})`
        : `{ name: ${name}, fits: ${functions.fits(plan, entity.name)}, copy: ${functions.copy(plan, entity.name)} }`;
    return `/** How each ${entity.noun} is copied. */\nexport const ${entity.documentKind}: ${type} = ${kind};`;
  });
  return [...functions.texts, ...kinds].join("\n\n");
}
