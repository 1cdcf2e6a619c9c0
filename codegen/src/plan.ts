import { fileURLToPath } from "node:url";

import type { Backend } from "./backends/load-backends.js";
import { emitArbitraries, emitSamples, emitShapes } from "./emit/arbitraries.js";
import { emitBackendInterface, emitContract, type ResolveTypeModule } from "./emit/declarations.js";
import type { ImportSet } from "./emit/imports.js";
import { emitKinds } from "./emit/kinds/emit-kinds.js";
import type { RenderTemplate } from "./emit/templates.js";
import { ownSqlEntityView } from "./emit/views/own-sql.js";
import { backendView, type SchemaView } from "./emit/views/schema.js";
import type { ShapesModel } from "./model/model.js";
import type { Unit } from "./output/units.js";

/** One file of code: where it goes, and what makes its body. */
export interface PlannedFile {
  readonly unit: Unit;
  /** Path in the unit, without extension. */
  readonly path: string;
  /** The template that makes it; left out for what none does. */
  readonly template?: string;
  emit(imports: ImportSet, resolveTypeModule: ResolveTypeModule): string;
}

/** The folder of the templates that come with this package. */
export const BUNDLED_TEMPLATES = fileURLToPath(new URL("../templates", import.meta.url));

/** Absolute path of a template that comes with this package. */
export function templateFile(name: string): string {
  return `${BUNDLED_TEMPLATES}/${name}.hbs`;
}

/**
 * THE table: every file of code, by the unit it belongs to. Files of a backend are found in its folder; package files follow
 * from the units (see output/package-files.ts).
 */
export function planFiles(
  view: SchemaView & { readonly shapes: ShapesModel },
  units: readonly Unit[],
  backends: readonly Backend[],
  render: RenderTemplate,
): PlannedFile[] {
  const unit = (id: string): Unit[] => units.filter((item) => item.id === id);
  const template =
    (name: string, condition = true) =>
    (owner: Unit): PlannedFile[] =>
      condition
        ? [
            {
              unit: owner,
              path: name.slice(name.indexOf("/") + 1),
              template: templateFile(`${name}.ts`),
              emit: (imports) => render(templateFile(`${name}.ts`), view, imports),
            },
          ]
        : [];

  return [
    // The contract, and what every backend shares.
    ...unit("main").flatMap((owner): PlannedFile[] => [
      { unit: owner, path: "contract", emit: (imports, types) => emitContract(view, imports, types) },
      { unit: owner, path: "backend-interface", emit: (imports) => emitBackendInterface(view, imports) },
      { unit: owner, path: "kinds", emit: (imports) => emitKinds(view, view.shapes, imports) },
    ]),
    ...unit("main").flatMap(template("main/rows")),
    ...unit("main").flatMap(template("main/contract-over-backend")),
    ...unit("main").flatMap(template("main/define")),
    ...unit("main").flatMap(template("main/backend")),
    ...unit("main").flatMap(template("main/facade", view.model.facade !== null)),
    ...unit("main").flatMap(template("main/index")),

    // Tables and queries for SQL databases.
    ...unit("sql").flatMap(template("sql/tables")),
    ...unit("sql").flatMap(template("sql/queries")),
    ...unit("sql").flatMap(template("sql/selections", view.hasSelections)),
    ...unit("sql").flatMap(template("sql/through", view.hasSelections || view.hasListIndexes)),
    ...unit("sql").flatMap(template("sql/sqlite")),
    ...unit("sql").flatMap(template("sql/postgres")),
    ...unit("sql").flatMap(template("sql/dialect")),
    ...unit("sql").flatMap(template("sql/migrations")),
    ...unit("sql").flatMap(template("sql/statements")),
    ...unit("sql").flatMap(template("sql/async-backend")),
    ...unit("sql").flatMap(template("sql/kysely")),
    ...unit("sql").flatMap(template("sql/cached-backend")),
    ...unit("sql").flatMap(template("sql/index")),

    // The proof that backends are alike.
    ...unit("testing").flatMap((owner): PlannedFile[] => [
      ...(Object.keys(view.shapes.named).length > 0
        ? [{ unit: owner, path: "shapes", emit: (imports: ImportSet) => emitShapes(view.shapes, imports) }]
        : []),
      { unit: owner, path: "arbitraries", emit: (imports) => emitArbitraries(view, view.shapes, imports) },
      { unit: owner, path: "samples", emit: () => emitSamples(view, view.shapes) },
    ]),
    ...unit("testing").flatMap(template("testing/facts")),
    ...unit("testing").flatMap(template("testing/operations")),
    ...unit("testing").flatMap(template("testing/conformance")),
    ...unit("testing").flatMap(template("testing/differential")),
    ...unit("testing").flatMap(template("testing/index")),

    // Each backend's own templates.
    ...backends.flatMap((backend) => planBackend(view, units, backend, render)),
  ];
}

function planBackend(
  view: SchemaView,
  units: readonly Unit[],
  backend: Backend,
  render: RenderTemplate,
): PlannedFile[] {
  const { descriptor } = backend;
  const owner = units.find((item) => item.id === (descriptor.unit === "main" ? "main" : descriptor.id));
  if (owner === undefined) throw new Error(`no unit for the backend ${descriptor.id}`);
  const { sql } = descriptor;
  const entities =
    typeof sql === "object" && sql !== null
      ? view.entities.map((entity) => ownSqlEntityView(entity, sql))
      : view.entities;
  const schema = { ...view, entities, backend: backendView(view, descriptor) };
  return backend.templates.flatMap((item): PlannedFile[] =>
    item.path.includes("{entity}")
      ? entities.map((entity) => ({
          unit: owner,
          path: item.path.replace("{entity}", entity.fileStem),
          template: item.file,
          emit: (imports) => render(item.file, { ...schema, ...entity }, imports),
        }))
      : [
          {
            unit: owner,
            path: item.path,
            template: item.file,
            emit: (imports) => render(item.file, schema, imports),
          },
        ],
  );
}
