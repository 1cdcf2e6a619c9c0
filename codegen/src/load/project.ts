import { dirname, resolve } from "node:path";
import { Project, ts } from "../compiler.js";
import type { Node, SourceFile } from "ts-morph";
import { isWhole, withoutNodeTypes } from "./node-types.js";
import { SPEC_PACKAGE, specPackageFiles } from "./paths.js";

/** A spec as the compiler sees it. */
export interface SpecProject {
  readonly project: Project;
  readonly spec: SourceFile;
}

/**
 * Opens the spec and what it imports, under the options of the nearest tsconfig.json. The file must exist.
 *
 * @param text what it is taken to say, instead of what is on the disk
 */
export function openProject(file: string, text?: string): SpecProject {
  const options = { compilerOptions: compilerOptions(file), skipFileDependencyResolution: true };
  const lean = specIn(new Project({ ...options, resolutionHost: withoutNodeTypes }), file, text);
  const own = ownFiles(lean).map(({ compilerNode }) => compilerNode);
  const { compilerObject } = lean.project.getProgram();
  return isWhole(compilerObject, own) ? lean : specIn(new Project(options), file, text);
}

function specIn(project: Project, file: string, text: string | undefined): SpecProject {
  const spec =
    text === undefined
      ? project.addSourceFileAtPath(file)
      : project.createSourceFile(file, text, { overwrite: true });
  return { project, spec };
}

function compilerOptions(file: string): ts.CompilerOptions {
  // A spec may lie beside the folder that its tsconfig.json compiles.
  const { rootDir: _rootDir, outDir: _outDir, ...nearest } = nearestOptions(file);
  const options: ts.CompilerOptions = {
    ...nearest,
    // Finds everything that a runtime's resolution finds, and asks of no file which kind of module it is.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    // Matters of taste, which say nothing about what is stored.
    noUnusedLocals: false,
    noUnusedParameters: false,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
  };
  if (ts.resolveModuleName(SPEC_PACKAGE, file, options, ts.sys).resolvedModule === undefined) {
    options.paths = { ...options.paths, [SPEC_PACKAGE]: [specPackageFiles.types] };
  }
  return options;
}

function nearestOptions(file: string): ts.CompilerOptions {
  const config = ts.findConfigFile(dirname(file), ts.sys.fileExists);
  const parsed =
    config === undefined
      ? undefined
      : ts.getParsedCommandLineOfConfigFile(
          config,
          {},
          // Only the options are wanted: listing the project's files would cost more than all the rest.
          { ...ts.sys, readDirectory: () => [], onUnRecoverableConfigFileDiagnostic: () => {} },
        );
  return parsed?.options ?? { target: ts.ScriptTarget.ES2023, lib: ["lib.es2023.d.ts"], types: [] };
}

/** The spec and every source file it reaches that is the project's own. */
export function ownFiles({ project }: SpecProject): SourceFile[] {
  return project
    .getProgram()
    .compilerObject.getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !isInstalled(file.fileName))
    .map((file) => project.addSourceFileAtPath(file.fileName));
}

/** What loading a spec reads of the project: its own files, and where those should be that are imported but not there. */
export function sourcesOf(project: SpecProject): string[] {
  return ownFiles(project).flatMap((file) => [
    file.getFilePath(),
    ...file
      .getImportDeclarations()
      .filter((item) => item.isModuleSpecifierRelative() && item.getModuleSpecifierSourceFile() === undefined)
      .map((item) => resolve(dirname(file.getFilePath()), item.getModuleSpecifierValue()))
      .map((target) => target.replace(/(\.[cm]?js)?$/, (end) => end.replace("js", "ts") || ".ts")),
  ]);
}

/** Whether a file came from a package registry and is none of the project's own. */
function isInstalled(fileName: string): boolean {
  return fileName.includes("/node_modules/");
}

/** Whether a node is declared by the language's own library. */
export function isLibrary(project: Project, node: Node): boolean {
  return project.getProgram().compilerObject.isSourceFileDefaultLibrary(node.getSourceFile().compilerNode);
}
