import path from "node:path";

import type { AskedBackends } from "./backends/asked.js";
import { chosenBackends, loadBackends } from "./backends/load-backends.js";
import { type CompiledSql, compileSql, type EmittedModules, type SqlSources } from "./emit/compiled-sql.js";
import type { ResolveTypeModule } from "./emit/declarations.js";
import { ImportSet } from "./emit/imports.js";
import { emitReadme } from "./emit/readme.js";
import { createRenderer } from "./emit/templates.js";
import { schemaView } from "./emit/views/schema.js";
import { migrationsView } from "./history/view.js";
import { loadSchema } from "./load/load.js";
import { relativePath } from "./load/paths.js";
import { banner } from "./output/banner.js";
import { formatFile, Unparsable } from "./output/format.js";
import { outputTsconfig, packageJson, packageTsconfig } from "./output/package-files.js";
import { importResolver, outputPath, relativeTo } from "./output/resolve.js";
import { type Needs, needsOf, NOTHING } from "./output/needs.js";
import { planUnits, type Unit } from "./output/units.js";
import { projectRoot } from "./output/project-root.js";
import { planFiles } from "./plan.js";
import { UsageError } from "./usage-error.js";

export interface GenerateOptions {
  /** The spec. */
  readonly schema: string;
  /** The folder to generate into. */
  readonly out: string;
  /** The backends to generate; null for those that are generated unasked. */
  readonly backends: AskedBackends | null;
  /** The folder that mistakes name files relative to; the working directory unless given. */
  readonly cwd?: string | undefined;
  /** Gathers the project's own files that were read, also when generating fails. */
  readonly reads?: Set<string> | undefined;
}

/** Everything that a spec generates, in memory. */
export interface Output {
  /** Path relative to the output folder, with `/`, to content. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders that belong to the output as a whole. */
  readonly folders: readonly string[];
  /** What a plain folder needs to be installed; nothing for packages, which say so themselves. */
  readonly needs: Needs;
  /** Everything with SQL in it; null when no backend needs any. */
  readonly sql: SqlSources | null;
}

/**
 * Generates everything a spec asks for, without touching the disk.
 *
 * @throws SpecError with every mistake of the spec.
 * @throws UsageError for a backend or a template of somebody's own that is none.
 */
export async function generate(options: GenerateOptions): Promise<Output> {
  const root = projectRoot(options.schema);
  const cwd = path.resolve(options.cwd ?? ".");
  const [{ model, shapes, lineage }, available] = await Promise.all([
    loadSchema(options.schema, { root, cwd: options.cwd, reads: options.reads }),
    loadBackends(options.backends?.folders ?? [], cwd),
  ]);
  const view = { ...schemaView(model), shapes, migrations: migrationsView(model, lineage) };
  const asPackages = model.packages !== null;
  const backends = chosenBackends(available, options.backends, asPackages);
  const units = planUnits(model, backends);
  const render = createRenderer(cwd);
  const resolve = importResolver(units, asPackages);

  const drafts = new Map<string, string>();
  const templates = new Map<string, string>();
  for (const file of planFiles(view, units, backends, render)) {
    const target = outputPath(file.unit, file.path, asPackages);
    const imports = new ImportSet({ unit: file.unit.id, path: file.path }, resolve);
    const body = file.emit(imports, typeModuleResolver(path.resolve(options.out, target), root));
    drafts.set(target, `${imports.render()}\n\n${body}`);
    if (file.template !== undefined) templates.set(target, relativePath(cwd, file.template));
  }
  const sql = sqlSources(drafts, units, asPackages);
  if (model.packages !== null) {
    const compiled = sql === null ? null : await compileSql(sql, model.tablePrefix);
    const sqlOf = ({ backend }: Unit): CompiledSql | null => {
      const dialect = backend?.descriptor.sql ?? null;
      return compiled?.get(typeof dialect === "string" ? dialect : (backend?.descriptor.id ?? "")) ?? null;
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
    files.set(file, await formatted(file, banner(file, model.source) + text, templates.get(file)));
  }
  return {
    files,
    folders: units.map((unit) => unit.folder),
    needs: asPackages ? NOTHING : needsOf(units),
    sql,
  };
}

/** @param template what has rendered it */
async function formatted(file: string, text: string, template: string | undefined): Promise<string> {
  try {
    return await formatFile(file, text);
  } catch (error) {
    if (!(error instanceof Unparsable) || template === undefined) throw error;
    throw new UsageError(
      `${template} renders ${file}, which is no TypeScript: ${error.message}`,
      "mend the template where these lines come from",
    );
  }
}

/** The modules of the `sql` unit, and of backends with an SQL of their own; null when no backend needs any. */
function sqlSources(
  drafts: ReadonlyMap<string, string>,
  units: readonly Unit[],
  asPackages: boolean,
): SqlSources | null {
  const unit = units.find((item) => item.id === "sql");
  if (unit === undefined) return null;
  const own = units.filter(
    ({ backend }) => typeof backend?.descriptor.sql === "object" && backend.descriptor.sql !== null,
  );
  const modulesOf = (item: Unit): EmittedModules => {
    const folder = outputPath(item, "", asPackages).replace(/\.ts$/, "");
    return new Map(
      [...drafts]
        .filter(([file]) => file.startsWith(folder))
        .map(([file, code]): [string, string] => [file.slice(folder.length).replace(/\.ts$/, ""), code]),
    );
  };
  return {
    packageName: unit.packageName,
    folder: unit.folder,
    modules: modulesOf(unit),
    own: new Map(own.map((item) => [item.id, modulesOf(item)])),
  };
}

/** Types that stand in a file of the project are imported relative to the emitted file. */
function typeModuleResolver(target: string, root: string): ResolveTypeModule {
  return (module, isFile) =>
    isFile ? relativeTo(path.relative(root, target).split(path.sep).join("/"), module) : module;
}
