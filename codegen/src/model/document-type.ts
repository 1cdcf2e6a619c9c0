import { Node, ts } from "../compiler.js";
import type { CallExpression, Identifier, ImportDeclaration, SourceFile, Symbol, Type } from "ts-morph";
import { isLibrary } from "../load/project.js";
import { withoutExtension } from "../load/paths.js";
import { oneLine } from "./fields.js";
import type { DocumentTypeModel, TypeImportModel } from "./model.js";
import { pascalCase } from "./names.js";
import type { Finding } from "./problems.js";
import { didYouMean, quote } from "./spec-value.js";
import type { SpecValue } from "./spec-value.js";
import { nearest } from "./suggest.js";

/** An entity's document type: what the compiler knows of it, and how emitted code names it. */
export interface DocumentType {
  /** Null when it could not be resolved, which is then reported. */
  readonly type: Type | null;
  readonly model: DocumentTypeModel;
  /** Where the spec names it. */
  readonly node: Node;
}

/** Asks the compiler for the document type of an entity. */
export function documentTypeOf(entity: SpecValue, name: string): DocumentType {
  const node = entity.node;
  const argument = Node.isCallExpression(node) ? node.getTypeArguments()[0] : undefined;
  if (argument === undefined) {
    entity.reportName({
      rule: "unresolved-type",
      message:
        entity.source.locator.find(entity.path) === null
          ? `entity ${quote(name)} is made where the type of its documents cannot be followed`
          : `entity ${quote(name)} does not name the type of its documents`,
      fix: `write ${quote(`${name}: entity<YourType>({ … })`)}`,
      covers: [node],
    });
    return { type: null, model: nameOnly(name), node: entity.nameNode };
  }
  const naming = new TypeNaming(entity, name, argument, node as CallExpression);
  const model = naming.model();
  const type = naming.failed ? null : resolvedType(node as CallExpression, argument);
  if (type === null && !naming.failed) {
    naming.report(argument, {
      rule: "unresolved-type",
      message: `the type ${quote(oneLine(argument.getText()))} of entity ${quote(name)} cannot be resolved`,
      fix: "name an interface or a type of an object",
    });
  }
  return { type, model, node: argument };
}

function nameOnly(entity: string): DocumentTypeModel {
  const name = `${pascalCase(entity)}Document`;
  return { name, text: name, imports: [] };
}

/** The type that the call remembers, or that it is given where a mistake elsewhere keeps the call from having a type. */
function resolvedType(call: CallExpression, argument: Node): Type | null {
  const remembered = call.getType().getProperty("documentType")?.getTypeAtLocation(call).getNonNullableType();
  const type = remembered === undefined || isUnknown(remembered) ? argument.getType() : remembered;
  return isUnknown(type) || !(type.isObject() || type.isUnionOrIntersection()) ? null : type;
}

function isUnknown(type: Type): boolean {
  return type.isAny() || type.isUnknown() || type.isNever();
}

/** Works out how emitted code can say the type argument of one `entity<…>()` call. */
class TypeNaming {
  readonly #imports = new Map<string, TypeImportModel>();
  /** Parts of the expression to be written differently, by their place in it. */
  readonly #rewrites: { start: number; end: number; text: string }[] = [];
  failed = false;

  constructor(
    private readonly entity: SpecValue,
    private readonly name: string,
    private readonly argument: Node,
    private readonly call: CallExpression,
  ) {}

  model(): DocumentTypeModel {
    for (const identifier of this.#identifiers()) {
      this.#visit(identifier);
    }
    const text = this.#text();
    const name = /^[A-Za-z_$][\w$]*$/.test(text) ? text : `${pascalCase(this.name)}Document`;
    return { name, text, imports: [...this.#imports.values()] };
  }

  report(node: Node, finding: Finding): void {
    this.failed = true;
    // Without its type, the compiler refuses every field that the entity names.
    this.entity.source.problems.add(node, { ...finding, covers: [this.call, ...(finding.covers ?? [])] });
  }

  /** The identifiers that name types, with those that only name members left out. */
  #identifiers(): Identifier[] {
    const all = this.argument.getDescendantsOfKind(ts.SyntaxKind.Identifier);
    const named = Node.isIdentifier(this.argument) ? [this.argument, ...all] : all;
    return named.filter((identifier) => {
      const parent = identifier.getParent();
      return (
        Node.isTypeReference(parent) ||
        Node.isExpressionWithTypeArguments(parent) ||
        Node.isTypeQuery(parent) ||
        (Node.isQualifiedName(parent) && parent.getLeft() === identifier)
      );
    });
  }

  #visit(identifier: Identifier): void {
    const symbol = identifier.getSymbol();
    const declaration = symbol?.getDeclarations()[0];
    if (symbol === undefined || declaration === undefined) {
      this.report(identifier, {
        rule: "unresolved-type",
        message: `the type ${quote(identifier.getText())} of entity ${quote(this.name)} is not declared`,
        fix: "import it, or declare and export it",
      });
    } else if (declaration.getFirstAncestor((node) => node === this.argument) !== undefined) {
      return; // A type variable of the expression itself.
    } else if (
      Node.isImportSpecifier(declaration) ||
      Node.isNamespaceImport(declaration) ||
      Node.isImportClause(declaration)
    ) {
      this.#visitImport(identifier, symbol, declaration);
    } else if (!isLibrary(this.entity.source.project, declaration)) {
      this.#visitLocal(identifier, symbol, declaration);
    }
  }

  #visitImport(identifier: Identifier, symbol: Symbol, declaration: Node): void {
    const from = declaration.getFirstAncestorByKindOrThrow(ts.SyntaxKind.ImportDeclaration);
    const specifier = from.getModuleSpecifierValue();
    const target = from.getModuleSpecifierSourceFile();
    if (target === undefined && from.getModuleSpecifier().getSymbol() === undefined) {
      this.report(from.getModuleSpecifier(), {
        rule: "unresolved-type",
        message: `the module ${quote(specifier)} was not found, so its types cannot be resolved`,
        fix: specifier.startsWith(".")
          ? "correct the path of the import"
          : "install the package, or correct its name",
      });
      return;
    }
    if (Node.isNamespaceImport(declaration)) {
      this.#visitNamespace(identifier, from);
      return;
    }
    const name = Node.isImportSpecifier(declaration) ? declaration.getName() : "default";
    if (symbol.getAliasedSymbol()?.getDeclarations()[0] === undefined) {
      const exported = target?.getExportSymbols().map((each) => each.getName()) ?? [];
      this.report(declaration, {
        rule: "unresolved-type",
        message: `the module ${quote(specifier)} exports no type ${quote(name)}`,
        fix: didYouMean(nearest(name, exported)),
      });
      return;
    }
    this.#import(name, identifier.getText(), from);
  }

  /** `T.Job` of `import type * as T` is written `Job`, imported by that name. */
  #visitNamespace(identifier: Identifier, from: ImportDeclaration): void {
    const qualified = identifier.getParent();
    if (!Node.isQualifiedName(qualified)) {
      return;
    }
    const member = qualified.getRight();
    const exported = from
      .getModuleSpecifierSourceFile()
      ?.getExportSymbols()
      .map((each) => each.getName());
    if (exported !== undefined && !exported.includes(member.getText())) {
      this.report(member, {
        rule: "unresolved-type",
        message: `the module ${quote(from.getModuleSpecifierValue())} exports no type ${quote(member.getText())}`,
        fix: didYouMean(nearest(member.getText(), exported)),
      });
      return;
    }
    this.#rewrites.push({ start: qualified.getStart(), end: qualified.getEnd(), text: member.getText() });
    this.#import(member.getText(), member.getText(), from);
  }

  #import(name: string, alias: string, from: ImportDeclaration): void {
    const specifier = from.getModuleSpecifierValue();
    const target = from.getModuleSpecifierSourceFile();
    const file = specifier.startsWith(".") && target !== undefined;
    this.#imports.set(alias, { name, alias, module: file ? this.#moduleOf(target) : specifier, file });
  }

  #visitLocal(identifier: Identifier, symbol: Symbol, declaration: Node): void {
    const file = declaration.getSourceFile();
    const exported = file
      .getExportSymbols()
      .find((each) => (each.getAliasedSymbol() ?? each).getDeclarations().includes(declaration));
    if (exported === undefined) {
      this.report(identifier, {
        rule: "type-not-exported",
        message: `the type ${quote(symbol.getName())} of entity ${quote(this.name)} is not exported, so emitted code cannot import it`,
        fix: `write ${quote("export")} before its declaration`,
      });
      return;
    }
    const alias = identifier.getText();
    this.#imports.set(alias, { name: exported.getName(), alias, module: this.#moduleOf(file), file: true });
  }

  #moduleOf(file: SourceFile): string {
    return withoutExtension(this.entity.source.pathOf(file));
  }

  #text(): string {
    const origin = this.argument.getStart();
    let text = this.argument.getText();
    for (const { start, end, text: replacement } of this.#rewrites.toReversed()) {
      text = text.slice(0, start - origin) + replacement + text.slice(end - origin);
    }
    return text;
  }
}
