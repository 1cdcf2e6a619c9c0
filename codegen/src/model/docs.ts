import { Node } from "../compiler.js";
import { resolveExpression } from "../load/locate.js";
import { withArticle, words } from "./names.js";
import type { SpecValue } from "./spec-value.js";

/** Documentation of a member of the spec: its `doc`, else the comment above it, else `fallback`. Safe inside a comment. */
export function docOf(value: SpecValue, fallback: string): string {
  const given = value.get("doc");
  if (given.raw !== undefined && typeof given.raw !== "string") {
    given.report({
      rule: "invalid-option",
      message: "`doc` is not a text",
      fix: "write the documentation as a string",
    });
  }
  const text = typeof given.raw === "string" ? given.raw : (commentAbove(value) ?? "");
  return safeInComment(text) || fallback;
}

/** The text of the `/** … *\/` comment above a member, or above the constant that it names. */
function commentAbove(value: SpecValue): string | null {
  const place = value.source.locator.find(value.path);
  if (place === null || place.member === null) {
    return null;
  }
  return textOfComment(place.member) ?? textOfComment(statementOf(value.node));
}

/** The statement that declares a constant of this very value. */
function statementOf(node: Node): Node | undefined {
  const declaration = node.getFirstAncestor(Node.isVariableDeclaration);
  const initializer = declaration?.getInitializer();
  return initializer !== undefined && resolveExpression(initializer) === node
    ? declaration?.getVariableStatement()
    : undefined;
}

function textOfComment(node: Node | undefined): string | null {
  const comment = node?.getLeadingCommentRanges().at(-1)?.getText();
  if (comment === undefined || !comment.startsWith("/**")) {
    return null;
  }
  return comment
    .slice(3, -2)
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim();
}

/** Nothing that ends a comment, and no control characters but line breaks. */
function safeInComment(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll("*/", "*\\/")
    .trim();
}

/** `a job document`, `an event document`: for sentences about an entity that says nothing of itself. */
export function oneDocument(entity: string): string {
  return `${withArticle(words(entity))} document`;
}

/** `job documents`. */
export function documents(entity: string): string {
  return `${words(entity)} documents`;
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
