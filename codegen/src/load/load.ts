import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceFile } from "ts-morph";
import { type Lineage, resolveLineage } from "../history/lineage.js";
import { historyFolder, readHistory } from "../history/records.js";
import type { Model, ShapesModel } from "../model/model.js";
import { Problems } from "../model/problems.js";
import { resolveSchema } from "../model/schema.js";
import { SpecError } from "../model/spec-error.js";
import { SpecValue } from "../model/spec-value.js";
import { reportSyntax, reportTypes } from "./diagnostics.js";
import { evaluate } from "./evaluate.js";
import { Locator } from "./locate.js";
import { relativePath } from "./paths.js";
import { openProject, sourcesOf } from "./project.js";

export interface LoadOptions {
  /** The folder that `Model.source` and imports of files are relative to; `cwd` unless given. */
  readonly root?: string;
  /** The folder that problems name files relative to; the working directory unless given. */
  readonly cwd?: string | undefined;
  /** What the spec is taken to say, instead of what is on the disk. */
  readonly text?: string;
  /** Gathers the project's own files that were read, also when loading fails. */
  readonly reads?: Set<string> | undefined;
}

export interface LoadedSchema {
  readonly model: Model;
  readonly shapes: ShapesModel;
  /** Left out where no version has been released yet. */
  readonly lineage?: Lineage;
}

/**
 * Loads a spec and resolves it to the model that emitters see. Nothing is kept between two loads, so that the second sees what
 * was changed meanwhile.
 *
 * @param file the spec, relative to `cwd` or absolute
 * @throws {SpecError} with every mistake of the spec, in the order of their places
 */
export async function loadSchema(file: string, options: LoadOptions = {}): Promise<LoadedSchema> {
  const cwd = resolve(options.cwd ?? ".");
  const root = resolve(cwd, options.root ?? ".");
  const path = resolve(cwd, file);
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw notFound(relativePath(cwd, path));
  }
  const project = openProject(path, options.text);
  for (const own of options.reads === undefined ? [] : sourcesOf(project)) options.reads?.add(own);
  const problems = new Problems((source) => relativePath(cwd, source.getFilePath()));
  const stopIfAny = () => {
    if (!problems.empty) {
      throw new SpecError(problems.sorted());
    }
  };
  reportSyntax(project, problems);
  stopIfAny();

  const evaluation = await evaluate(path, cwd, options.text);
  const source = {
    ...project,
    locator: new Locator(project.spec),
    problems,
    pathOf: (each: SourceFile) => relativePath(root, each.getFilePath()),
  };
  const resolved = evaluation.ok ? resolveSchema(evaluation.value, source) : null;
  reportTypes(project, problems);
  // What does not compile may throw for that very reason.
  if (!evaluation.ok && problems.empty) {
    problems.add(project.spec, { rule: "spec-throws", message: evaluation.message });
  }
  stopIfAny();
  const { model, shapes } = resolved!;
  const schema = new SpecValue(source, [], evaluation.ok ? evaluation.value : undefined);
  const lineage = resolveLineage(schema, model, readHistory(historyFolder(path), cwd));
  stopIfAny();
  return { model, shapes, ...(lineage === undefined ? {} : { lineage }) };
}

function notFound(file: string): SpecError {
  return new SpecError([
    { file, line: 1, column: 1, rule: "spec-not-found", message: "there is no such file", fix: null },
  ]);
}
