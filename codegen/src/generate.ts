import path from "node:path";

import { loadBackends } from "./backends/load-backends.js";
import { type CompiledSql, compileSql } from "./emit/compiled-sql.js";
import type { ResolveTypeModule } from "./emit/declarations.js";
import { ImportSet } from "./emit/imports.js";
import { emitReadme } from "./emit/readme.js";
import { createRenderer } from "./emit/templates.js";
import { schemaView } from "./emit/views/schema.js";
import { loadSchema } from "./load/load.js";
import type { Model } from "./model/model.js";
import { banner } from "./output/banner.js";
import { formatFile } from "./output/format.js";
import { outputTsconfig, packageJson, packageTsconfig } from "./output/package-files.js";
import { importResolver, outputPath, relativeTo } from "./output/resolve.js";
import { planUnits, type Unit } from "./output/units.js";
import { projectRoot } from "./output/project-root.js";
import { planFiles } from "./plan.js";

export interface GenerateOptions {
  /** The spec. */
  readonly schema: string;
  /** The folder to generate into. */
  readonly out: string;
}

/** Everything that a spec generates, in memory. */
export interface Output {
  /** Path relative to the output folder, with `/`, to content. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders that belong to the output as a whole. */
  readonly folders: readonly string[];
}

/**
 * Generates everything a spec asks for, without touching the disk.
 *
 * @throws SpecError with every mistake of the spec.
 */
export async function generate(options: GenerateOptions): Promise<Output> {
  const root = projectRoot(options.schema);
  const [{ model, shapes }, backends] = await Promise.all([
    loadSchema(options.schema, { root }),
    loadBackends(),
  ]);
  const view = { ...schemaView(model), shapes };
  const units = planUnits(model, backends);
  const asPackages = model.packages !== null;
  const render = createRenderer();
  const resolve = importResolver(units, asPackages);

  const drafts = new Map<string, string>();
  for (const file of planFiles(view, units, backends, render)) {
    const target = outputPath(file.unit, file.path, asPackages);
    const imports = new ImportSet({ unit: file.unit.id, path: file.path }, resolve);
    const body = file.emit(imports, typeModuleResolver(path.resolve(options.out, target), root));
    drafts.set(target, `${imports.render()}\n\n${body}`);
  }
  if (model.packages !== null) {
    const sql = await compiledSql(drafts, units, model);
    const sqlOf = (unit: Unit): CompiledSql | null => {
      const dialect = unit.backend?.descriptor.sql ?? null;
      return dialect === null || sql === null ? null : sql[dialect];
    };
    drafts.set("tsconfig.json", outputTsconfig(units));
    for (const unit of units) {
      const imports = new ImportSet({ unit: unit.id, path: "README" }, resolve);
      drafts.set(`${unit.folder}/package.json`, packageJson(unit, model.packages));
      drafts.set(`${unit.folder}/tsconfig.json`, packageTsconfig(unit));
      drafts.set(
        `${unit.folder}/README.md`,
        emitReadme(view, unit, units, backends, sqlOf(unit), render, imports),
      );
    }
  }

  const files = new Map<string, string>();
  for (const [file, text] of [...drafts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    // oxlint-disable-next-line no-await-in-loop -- the formatter is native: waiting costs nothing
    files.set(file, await formatFile(file, banner(file, model.source) + text));
  }
  return { files, folders: units.map((unit) => unit.folder) };
}

/** The SQL of the `sql` unit, as its drafts build it; null when no backend needs one. */
async function compiledSql(
  drafts: ReadonlyMap<string, string>,
  units: readonly Unit[],
  model: Model,
): Promise<Record<"sqlite" | "postgres", CompiledSql> | null> {
  const unit = units.find((item) => item.id === "sql");
  if (unit === undefined) return null;
  const folder = `${unit.folder}/src/`;
  const modules = [...drafts]
    .filter(([file]) => file.startsWith(folder))
    .map(([file, code]): [string, string] => [path.posix.basename(file, ".ts"), code]);
  return compileSql(new Map(modules), model.tablePrefix);
}

/** Types that stand in a file of the project are imported relative to the emitted file. */
function typeModuleResolver(target: string, root: string): ResolveTypeModule {
  return (module, isFile) =>
    isFile ? relativeTo(path.relative(root, target).split(path.sep).join("/"), module) : module;
}
