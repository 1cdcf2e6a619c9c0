import { Node } from "../compiler.js";
import type { Expression, SourceFile } from "ts-morph";
import type { DataPath } from "../model/spec-source.js";

/** Where one value of a spec is written. */
export interface Place {
  /** The member, such as `key: ["id"]`; null for array elements and arguments. */
  readonly member: Node | null;
  /** The member's name. */
  readonly name: Node | null;
  /** The expression as it is written there. */
  readonly value: Node;
}

/**
 * Finds where a value of the evaluated spec is written: `["entities", "job", "key", 0]` is a string literal. Follows constants,
 * spreads and imports; where the trail is lost, in a helper function say, answers the nearest ancestor it has found.
 */
export class Locator {
  constructor(private readonly spec: SourceFile) {}

  /** The places along `path`, from the schema itself to the last that was found. */
  trail(path: DataPath): Place[] {
    const root = this.#root();
    if (root === null) {
      return [];
    }
    const places: Place[] = [{ member: null, name: null, value: root }];
    for (const segment of path) {
      const place = child(places.at(-1)!.value, segment);
      if (place === null) {
        break;
      }
      places.push(place);
    }
    return places;
  }

  /** Where the value at `path` is written, or null when not even its parent was found. */
  find(path: DataPath): Place | null {
    const places = this.trail(path);
    return places.length === path.length + 1 ? places.at(-1)! : null;
  }

  /** The nearest place on the way to `path` that is in the spec file itself. */
  inSpec(path: DataPath): Node {
    const nodes = this.trail(path).map((place) => place.name ?? place.value);
    return nodes.findLast((node) => node.getSourceFile() === this.spec) ?? this.spec;
  }

  #root(): Node | null {
    const symbol = this.spec.getDefaultExportSymbol();
    const declaration = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations()[0];
    if (Node.isExportAssignment(declaration)) {
      return declaration.getExpression();
    }
    return Node.isVariableDeclaration(declaration) ? (declaration.getInitializer() ?? null) : null;
  }
}

/** The expression that gives a node its value: without parentheses and assertions, and behind constants and imports. */
export function resolveExpression(node: Node, depth = 0): Node {
  if (depth > 32) {
    return node;
  }
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node)
  ) {
    return resolveExpression(node.getExpression(), depth + 1);
  }
  if (Node.isIdentifier(node)) {
    const initializer = initializerOf(node);
    return initializer === null ? node : resolveExpression(initializer, depth + 1);
  }
  if (Node.isPropertyAccessExpression(node)) {
    const place = child(node.getExpression(), node.getName(), depth + 1);
    return place === null ? node : resolveExpression(place.value, depth + 1);
  }
  return node;
}

function initializerOf(identifier: Node): Expression | null {
  const parent = identifier.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : identifier.getSymbol();
  const declaration = (symbol?.getAliasedSymbol() ?? symbol)?.getValueDeclaration();
  if (Node.isVariableDeclaration(declaration)) {
    return declaration.getInitializer() ?? null;
  }
  return Node.isExportAssignment(declaration) ? declaration.getExpression() : null;
}

function child(node: Node, segment: string | number, depth = 0): Place | null {
  const value = resolveExpression(node, depth);
  if (Node.isObjectLiteralExpression(value)) {
    return memberOf(value.getProperties(), String(segment), depth);
  }
  if (Node.isArrayLiteralExpression(value) && typeof segment === "number") {
    const elements = value.getElements();
    const spread = elements.findIndex((element) => Node.isSpreadElement(element));
    const element = spread !== -1 && spread <= segment ? undefined : elements[segment];
    return unnamed(element);
  }
  if (Node.isCallExpression(value)) {
    return argumentOf(value.getArguments(), calleeName(value.getExpression()), segment, depth);
  }
  return null;
}

function memberOf(members: readonly Node[], name: string, depth: number): Place | null {
  // The last one counts, as it does at run time.
  for (const member of members.toReversed()) {
    if (Node.isSpreadAssignment(member)) {
      const place = child(member.getExpression(), name, depth + 1);
      if (place !== null) {
        return place;
      }
    } else if (Node.isPropertyAssignment(member) && propertyName(member.getNameNode()) === name) {
      return { member, name: member.getNameNode(), value: member.getInitializerOrThrow() };
    } else if (Node.isShorthandPropertyAssignment(member) && member.getName() === name) {
      return { member, name: member.getNameNode(), value: member.getNameNode() };
    }
  }
  return null;
}

function propertyName(node: Node): string {
  const name = Node.isComputedPropertyName(node) ? resolveExpression(node.getExpression()) : node;
  return Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)
    ? name.getLiteralText()
    : name.getText();
}

/** The name under which the spec language exports what is called, whatever the spec imports it as. */
function calleeName(callee: Node): string {
  const symbol = callee.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getName() ?? callee.getText();
}

function unnamed(value: Node | undefined): Place | null {
  return value === undefined ? null : { member: null, name: null, value };
}

/** Which argument of the spec language's functions holds a member of what they return. */
function argumentOf(
  args: readonly Node[],
  callee: string,
  segment: string | number,
  depth: number,
): Place | null {
  const [first, second] = args;
  const inside = (value: Node | undefined) => (value === undefined ? null : child(value, segment, depth + 1));
  switch (callee) {
    case "defineSchema":
    case "entity":
    case "store":
      return inside(first);
    case "get":
    case "list":
    case "count":
    case "remove":
      return segment === "params" ? unnamed(first) : inside(second);
    case "asc":
    case "desc":
    case "optional":
    case "from":
    case "to":
      return segment === "field" ? unnamed(first) : null;
    default:
      return null;
  }
}
