import path from "node:path";

import type { FilePlace, ResolveImport } from "../emit/imports.js";
import type { Unit } from "./units.js";
import { KIT } from "./versions.js";

/** Where a unit's file is written, relative to the output, with `/`. */
export function outputPath(unit: Unit, file: string, asPackages: boolean): string {
  return asPackages ? `${unit.folder}/src/${file}.ts` : `${unit.folder}/${file}.ts`;
}

/** Resolves the sources that templates name to what stands in an import declaration. */
export function importResolver(units: readonly Unit[], asPackages: boolean): ResolveImport {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return (source, from) => {
    if (source === "kit" || source.startsWith("kit/")) return KIT + source.slice("kit".length);
    if (source.startsWith("node:")) return source;
    if (source.startsWith("npm:")) return source.slice("npm:".length);
    if (source.startsWith("./")) return relativeTo(from.path, source.slice(2));
    return resolveEntry(byId, source, from, asPackages);
  };
}

function resolveEntry(
  units: ReadonlyMap<string, Unit>,
  source: string,
  from: FilePlace,
  asPackages: boolean,
): string {
  const slash = source.indexOf("/");
  const id = slash < 0 ? source : source.slice(0, slash);
  const entry = slash < 0 ? "" : source.slice(slash + 1);
  const unit = units.get(id);
  const file = unit?.entries[entry];
  if (unit === undefined || file === undefined) {
    throw new Error(`nothing can be imported from \`${source}\``);
  }
  if (id === from.unit) return relativeTo(from.path, file);
  if (asPackages) return entry === "" ? unit.packageName : `${unit.packageName}/${entry}`;
  const home = units.get(from.unit)?.folder ?? from.unit;
  return relativeTo(`${home}/${from.path}`, `${unit.folder}/${file}`);
}

/** `./rows.js` as seen from a file of the same root. */
export function relativeTo(from: string, target: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), target);
  return `${relative.startsWith(".") ? relative : `./${relative}`}.js`;
}
