import { Node } from "ts-morph";
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
  return textOfComment(place.member) ?? textOfComment(value.node.getFirstAncestor(Node.isVariableStatement));
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
