import type { Backend } from "../backends/load-backends.js";
import type { Unit } from "../output/units.js";
import { templateFile } from "../plan.js";
import type { CompiledSql } from "./compiled-sql.js";
import { methodReturns } from "./docs.js";
import type { MethodModel } from "../model/model.js";
import type { ImportSet } from "./imports.js";
import type { RenderTemplate } from "./templates.js";
import { backendView, type SchemaView } from "./views/schema.js";

/** One row of the table of methods. */
interface MethodRow {
  readonly call: string;
  readonly returns: string;
}

/** One query and its SQL. */
interface SqlRow {
  readonly name: string;
  readonly sql: string;
}

/** The README of a package: what it is, how to use it, what it promises, and, for SQL databases, the SQL of every query. */
export function emitReadme(
  view: SchemaView,
  unit: Unit,
  units: readonly Unit[],
  backends: readonly Backend[],
  sql: CompiledSql | null,
  render: RenderTemplate,
  imports: ImportSet,
): string {
  const typePackages = Object.keys(view.model.packages?.peerDependencies ?? {});
  const others = Object.keys(unit.peerDependencies).filter((name) => !typePackages.includes(name));
  const shared = {
    ...view,
    unit,
    mainPackage: units.find((item) => item.id === "main")?.packageName ?? "",
    install: ["npm install", unit.packageName, ...others].join(" "),
    typePackages: typePackages.map((name) => `\`${name}\``).join(" and "),
    methods: methodRows(view),
    backends: backends.map((backend) => backend.descriptor),
  };
  if (unit.backend === null) return render(templateFile(`readme/${unit.id}.md`), shared, imports);
  const own = { ...shared, backend: backendView(view, unit.backend.descriptor) };
  return render(
    templateFile("readme/backend.md"),
    {
      ...own,
      isPostgres: unit.backend.descriptor.sql === "postgres",
      usage: render(unit.backend.usage, own, imports),
      queries: sql === null ? [] : sqlRows(view, sql),
      schema: sql?.create.map((statement) => `${statement};`).join("\n") ?? "",
    },
    imports,
  );
}

function methodRows(view: SchemaView): MethodRow[] {
  return view.model.entities.flatMap((entity) =>
    entity.methods.map((method) => ({
      call: `${method.name}(${parameterNames(method).join(", ")})`,
      returns: methodReturns(entity, method),
    })),
  );
}

/** `queue, { state?, limit?, after? }`, as the table of methods shows them. */
function parameterNames(method: MethodModel): string[] {
  if (method.kind === "store") return [method.param];
  const positional = method.params.map((param) => param.name + (param.optional ? "?" : ""));
  if (method.kind !== "list" && method.kind !== "count") return positional;
  const options = [
    ...method.options.map((option) => option.name),
    ...(method.kind === "list" && method.limited ? ["limit"] : []),
    ...(method.kind === "list" && method.paged ? ["after"] : []),
  ];
  return options.length === 0
    ? positional
    : [...positional, `{ ${options.map((name) => `${name}?`).join(", ")} }`];
}

function sqlRows(view: SchemaView, sql: CompiledSql): SqlRow[] {
  const rows = view.entities.flatMap((entity): SqlRow[] => {
    const writer = sql.writers.get(entity.name);
    return [
      { name: entity.put, sql: writer?.single ?? "" },
      ...(writer?.batch ? [{ name: `${entity.put}, many at once`, sql: writer.batch }] : []),
      ...entity.queries.map((query) => ({ name: query.name, sql: sql.queries.get(query.name) ?? "" })),
    ];
  });
  const others = ["count", "readMeta", "clear"]
    .filter((name) => sql.queries.has(name))
    .map((name) => ({ name, sql: sql.queries.get(name) ?? "" }));
  return [...rows, ...others].map((row) => ({ ...row, sql: `${row.sql};` }));
}
