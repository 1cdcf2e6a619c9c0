/** One mistake in a spec, where it is and what to do about it. */
export interface SpecProblem {
  /** The file as the user named it, relative to the working directory, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Short stable name of the rule, such as `unknown-field`; documented in docs/spec-language.md. */
  readonly rule: string;
  /** What is wrong, naming the thing. */
  readonly message: string;
  /** The likely fix, such as "did you mean `handlerId`?"; null when there is nothing to suggest. */
  readonly fix: string | null;
}

/** Every mistake of a spec at once, in the order of their places. */
export class SpecError extends Error {
  override readonly name = "SpecError";

  constructor(readonly problems: readonly SpecProblem[]) {
    super(problems.map(renderProblem).join("\n"));
  }
}

/** `schema/gati.ts:31:15  unknown-field  …` and, on a second line, the fix. */
function renderProblem(problem: SpecProblem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const head = `${place}  ${problem.rule}\n  ${problem.message}`;
  return problem.fix === null ? head : `${head}\n  fix: ${problem.fix}`;
}
