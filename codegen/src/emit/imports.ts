/** Where a file of the output stands: its unit, and its path inside the unit without extension. */
export interface FilePlace {
  readonly unit: string;
  readonly path: string;
}

/**
 * Where a symbol comes from: `npm:kysely`, `node:fs`, `./rows` (this unit), `main/backend` (an entry of another unit),
 * `main` (another unit's index) or `kit`, `kit/sql`, `kit/sqlite`, `kit/testing`.
 */
export type ImportSource = string;

/** How a source is written in an import declaration of a given file. */
export type ResolveImport = (source: ImportSource, from: FilePlace) => string;

interface ImportedName {
  readonly name: string;
  readonly alias: string;
  typeOnly: boolean;
}

/** The imports of one emitted file: requested by templates, deduplicated, aliased on a clash, and rendered in one order. */
export class ImportSet {
  readonly #place: FilePlace;
  readonly #resolve: ResolveImport;
  readonly #modules = new Map<string, Map<string, ImportedName>>();
  readonly #taken = new Map<string, string>();

  constructor(place: FilePlace, resolve: ResolveImport) {
    this.#place = place;
    this.#resolve = resolve;
  }

  /** Asks for a symbol; returns the name by which this file knows it. */
  add(name: string, source: ImportSource, typeOnly: boolean): string {
    return this.addFrom(name, this.#resolve(source, this.#place), typeOnly);
  }

  /** As {@link add}, from a module specifier, under a name of the caller's choice. */
  addFrom(name: string, specifier: string, typeOnly: boolean, wanted: string = name): string {
    const names = this.#modules.get(specifier) ?? new Map<string, ImportedName>();
    this.#modules.set(specifier, names);
    const key = `${name} as ${wanted}`;
    const known = names.get(key);
    if (known !== undefined) {
      known.typeOnly &&= typeOnly;
      return known.alias;
    }
    const alias = this.#freeAlias(wanted === "default" ? defaultName(specifier) : wanted, specifier);
    names.set(key, { name, alias, typeOnly });
    return alias;
  }

  /** The import declarations, node first, then packages, then this unit's files. */
  render(): string {
    const specifiers = [...this.#modules.keys()].toSorted(bySpecifier);
    return specifiers.map((specifier) => this.#renderModule(specifier)).join("\n");
  }

  #renderModule(specifier: string): string {
    const names = [...(this.#modules.get(specifier)?.values() ?? [])];
    const star = names.find((item) => item.name === "default");
    if (star !== undefined && names.length === 1) {
      return `import ${star.typeOnly ? "type " : ""}${star.alias} from ${JSON.stringify(specifier)};`;
    }
    const allTypes = names.every((item) => item.typeOnly);
    const list = names
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((item) => {
        const type = item.typeOnly && !allTypes ? "type " : "";
        return item.name === item.alias ? `${type}${item.name}` : `${type}${item.name} as ${item.alias}`;
      });
    return `import ${allTypes ? "type " : ""}{ ${list.join(", ")} } from ${JSON.stringify(specifier)};`;
  }

  #freeAlias(wanted: string, specifier: string): string {
    let alias = wanted;
    for (let n = 2; (this.#taken.get(alias) ?? specifier) !== specifier; n++) alias = `${wanted}${n}`;
    this.#taken.set(alias, specifier);
    return alias;
  }
}

/** `node:path` as `path`. */
function defaultName(specifier: string): string {
  return specifier.replace(/^node:/, "").replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, c: string) => c.toUpperCase());
}

function bySpecifier(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(specifier: string): number {
  if (specifier.startsWith("node:")) return 0;
  return specifier.startsWith(".") ? 2 : 1;
}
