import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The package whose functions specs are written with. */
export const SPEC_PACKAGE = "@gati-framework/storage-codegen";

/** This package's own folder, the same from `src` and from `dist`. */
const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** The built spec language: what a spec runs against, and what it is checked against where it cannot find the package. */
export const specPackageFiles = {
  code: resolve(packageFolder, "dist/index.js"),
  types: resolve(packageFolder, "dist/index.d.ts"),
};

/** `file` relative to `folder`, with `/` on every platform. */
export function relativePath(folder: string, file: string): string {
  const path = relative(folder, file);
  // On another drive of Windows there is no relative path.
  return (isAbsolute(path) ? file : path).split(sep).join("/");
}

/** A file name without its TypeScript or JavaScript extension. */
export function withoutExtension(path: string): string {
  return path.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
}
