import { ts } from "../compiler.js";
import type { SourceFile } from "ts-morph";
import type { Problems } from "../model/problems.js";
import { ownFiles } from "./project.js";
import type { SpecProject } from "./project.js";

/** Reports what is not TypeScript at all. A spec with such mistakes cannot be run. */
export function reportSyntax(project: SpecProject, problems: Problems): void {
  const { compilerObject } = project.project.getProgram();
  report(project, problems, (file) => compilerObject.getSyntacticDiagnostics(file.compilerNode));
}

/** Reports what the compiler refuses, but for what is already reported in better words. */
export function reportTypes(project: SpecProject, problems: Problems): void {
  const { compilerObject } = project.project.getProgram();
  report(project, problems, (file) => compilerObject.getSemanticDiagnostics(file.compilerNode));
}

function report(
  project: SpecProject,
  problems: Problems,
  diagnosticsOf: (file: SourceFile) => readonly ts.Diagnostic[],
): void {
  for (const file of ownFiles(project)) {
    for (const { start = 0, length = 0, messageText, category } of diagnosticsOf(file)) {
      if (category === ts.DiagnosticCategory.Error) {
        const message = typeof messageText === "string" ? messageText : messageText.messageText;
        problems.addCompileError(file, start, length, message);
      }
    }
  }
}
