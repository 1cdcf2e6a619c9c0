import { Node } from "../compiler.js";
import type { SourceFile } from "ts-morph";
import type { SpecProblem } from "./spec-error.js";

/** A stretch of a file that a problem already speaks of. */
interface Covered {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** What a problem says, beside its place. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly fix?: string | null;
  /** More nodes whose compile errors are this same mistake. */
  readonly covers?: readonly Node[];
  /** Nodes at whose very start the compiler may report this same mistake. */
  readonly blamed?: readonly Node[];
}

/** Collects the mistakes of one spec. */
export class Problems {
  readonly #found = new Map<string, SpecProblem>();
  readonly #covered: Covered[] = [];
  readonly #nodes: Node[] = [];
  readonly #blamed: Node[] = [];

  constructor(private readonly nameOf: (file: SourceFile) => string) {}

  get empty(): boolean {
    return this.#found.size === 0;
  }

  /** Records a problem at the start of `node`. */
  add(node: Node, finding: Finding): void {
    const position = Node.isSourceFile(node) ? 0 : node.getStart();
    this.#addAt(node.getSourceFile(), position, finding);
    this.#nodes.push(node);
    this.#blamed.push(...(finding.blamed ?? []));
    for (const covered of [coveredBy(node), ...(finding.covers ?? [])]) {
      this.#covered.push({
        file: covered.getSourceFile(),
        start: covered.getStart(),
        end: covered.getEnd(),
      });
    }
  }

  /** Records what the compiler says of a stretch of a file, unless a problem there already tells it better. */
  addCompileError(file: SourceFile, start: number, length: number, message: string): void {
    if (!this.#isCovered(file, start, length)) {
      this.#addAt(file, start, { rule: "does-not-compile", message });
    }
  }

  /** All problems by file, then by place. */
  sorted(): SpecProblem[] {
    return [...this.#found.values()].toSorted(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule),
    );
  }

  #addAt(file: SourceFile, position: number, { rule, message, fix }: Finding): void {
    const { line, column } = file.getLineAndColumnAtPos(position);
    const problem = { file: this.nameOf(file), line, column, rule, message, fix: fix ?? null };
    this.#found.set(JSON.stringify(problem), problem);
  }

  #isCovered(file: SourceFile, start: number, length: number): boolean {
    const line = file.getLineAndColumnAtPos(start).line;
    return (
      this.#covered.some(
        (range) =>
          range.file === file &&
          ((range.start <= start && start < range.end) ||
            file.getLineAndColumnAtPos(range.start).line === line),
      ) ||
      this.#blamed.some((node) => node.getSourceFile() === file && node.getStart() === start) ||
      this.#nodes.some((node) => isBlamedFor(node, file, start, length))
    );
  }
}

/** A wrong value is the mistake of its whole member; a wrong name only of itself, since its value may hold others. */
function coveredBy(node: Node): Node {
  const parent = node.getParent();
  if (parent === undefined || (Node.isPropertyAssignment(parent) && parent.getNameNode() === node)) {
    return node;
  }
  return node.getFirstAncestor((ancestor) => Node.isPropertyAssignment(ancestor)) ?? node;
}

/** Whether the compiler blames a whole that `node` is part of: the name of a member, or all of an expression. */
function isBlamedFor(node: Node, file: SourceFile, start: number, length: number): boolean {
  if (node.getSourceFile() !== file || Node.isSourceFile(node)) {
    return false;
  }
  const blamesRange = start <= node.getStart() && node.getEnd() <= start + length;
  return blamesRange || node.getAncestors().some((ancestor) => isNamedAt(ancestor, start));
}

function isNamedAt(node: Node, start: number): boolean {
  return Node.isPropertyAssignment(node) && node.getNameNode().getStart() === start;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
