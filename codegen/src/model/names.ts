/** `handlerId` to `handler_id`, `HTTPPath` to `http_path`, `a1B` to `a1_b`. */
export function snakeCase(name: string): string {
  return name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("$", "_")
    .toLowerCase();
}

/** `hookManifest` and `hook_manifest` to `HookManifest`. */
export function pascalCase(name: string): string {
  return name
    .split(/[_$]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `HookManifest` to `hookManifest`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `hookManifest` to `hook manifest`, for sentences. */
export function words(name: string): string {
  return snakeCase(name).split("_").filter(Boolean).join(" ");
}

/** `hookManifest` to `hook-manifest`: an entity's part of the names of files. */
export function fileStem(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

/** `a job`, `an event`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A positive 31-bit number for SQLite's `application_id`. */
export function applicationId(name: string): number {
  return fnv1a(name) & 0x7fffffff || 1;
}

/**
 * The longest name of a table, column or index, before the prefix. PostgreSQL cuts names at 63 bytes in silence, so the rest is
 * left for the prefix.
 */
export const LONGEST_SQL_NAME = 50;

/** `name` itself, or, where it is too long, its beginning and a hash of the whole. */
export function boundedSqlName(name: string): string {
  if (name.length <= LONGEST_SQL_NAME) {
    return name;
  }
  const hash = fnv1a(name).toString(16).padStart(8, "0");
  return `${name.slice(0, LONGEST_SQL_NAME - hash.length - 1)}_${hash}`;
}
