import { ts } from "../compiler.js";

/**
 * Finds the packages of types that files and options ask for by name, but for Node's. Few documents have to do with those, and
 * they are most of what the compiler would read.
 */
export function withoutNodeTypes(
  host: ts.ModuleResolutionHost,
): Pick<ts.LanguageServiceHost, "resolveTypeReferenceDirectives"> {
  return {
    resolveTypeReferenceDirectives: (references, file, redirected, options, mode) =>
      references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        if (name === "node") return undefined;
        return ts.resolveTypeReferenceDirective(name, file, options, host, redirected, undefined, mode)
          .resolvedTypeReferenceDirective;
      }),
  };
}

/**
 * Whether a program without Node's types says of `files` what it would say with them: nothing in there is a mistake, and all that
 * they speak of is declared, as is all that this speaks of in turn.
 */
export function isWhole(program: ts.Program, files: readonly ts.SourceFile[]): boolean {
  if (files.some((file) => program.getSemanticDiagnostics(file).length > 0)) return false;
  const checker = program.getTypeChecker();
  const spokenOf = new Set<ts.Node>(files);
  const resolves = (name: ts.Node): boolean => {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol === undefined) return false;
    const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    // The compiler makes a symbol of what it does not find, too.
    const { declarations = [] } = target;
    for (const declaration of declarations) {
      if (!program.isSourceFileDefaultLibrary(declaration.getSourceFile())) spokenOf.add(declaration);
    }
    return declarations.length > 0 || checker.isUndefinedSymbol(target);
  };
  const resolvesAll = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) || namesModule(node)) return resolves(node);
    // `const` of `as const` is no name; what is behind a dot belongs to what is before it.
    if (ts.isConstTypeReference(node)) return true;
    if (ts.isPropertyAccessExpression(node)) return resolvesAll(node.expression);
    return ts.forEachChild(node, (child) => !resolvesAll(child)) !== true;
  };
  // The set grows on the way.
  for (const node of spokenOf) if (!resolvesAll(node)) return false;
  return true;
}

/** Whether a text names a module that is taken as a whole; of others, each name that is imported is looked at by itself. */
function namesModule(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) &&
    (ts.isExportDeclaration(node.parent) ||
      ts.isImportTypeNode(node.parent.parent) ||
      isImportCall(node.parent))
  );
}

function isImportCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
}
