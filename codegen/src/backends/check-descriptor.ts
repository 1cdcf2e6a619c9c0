import { nearest } from "../model/suggest.js";
import { UsageError } from "../usage-error.js";
import type { BackendDescriptor, BackendPromises, OwnSql } from "./descriptor.js";

interface Kind {
  readonly what: string;
  fits(value: unknown): boolean;
  readonly optional?: true;
  /** What an object has in it. */
  readonly members?: Kinds;
}

type Kinds = Readonly<Record<string, Kind>>;

const TEXT: Kind = { what: "a text that is not empty", fits: isText };
const FUNCTION: Kind = { what: "a function", fits: (value) => typeof value === "function" };
const PACKAGES: Kind = {
  what: 'an object of packages and their ranges, such as `{ "my-driver": "^1.0.0" }`',
  fits: (value) => isObject(value) && Object.values(value).every(isText),
  optional: true,
};

const PROMISES: Readonly<Record<keyof BackendPromises, Kind>> = {
  keeps: TEXT,
  survives: TEXT,
  sharedBy: TEXT,
  installs: TEXT,
  chooseFor: TEXT,
};

const OWN_SQL: Readonly<Record<keyof OwnSql, Kind>> = {
  columnTypes: {
    what: "an object of the types of columns",
    fits: isObject,
    members: { string: TEXT, number: TEXT, boolean: TEXT },
  },
  indexTerms: FUNCTION,
  fitsUniqueIndex: FUNCTION,
};

/** Every member of a descriptor, and what it holds. */
const MEMBERS: Readonly<Record<keyof BackendDescriptor, Kind>> = {
  id: TEXT,
  title: TEXT,
  unit: { what: '"own" or "main"', fits: (value) => value === "own" || value === "main" },
  stem: {
    what: "a name in PascalCase, such as `MyDatabase`",
    fits: (value) => isText(value) && /^[A-Z][A-Za-z0-9]*$/.test(value),
  },
  description: TEXT,
  sql: {
    what: '"sqlite", "postgres", an SQL of its own, or null',
    fits: (value) => value === "sqlite" || value === "postgres" || value === null || isObject(value),
    members: OWN_SQL,
  },
  node: { what: "true or false", fits: (value) => typeof value === "boolean" },
  browser: {
    ...PACKAGES,
    what: 'an object of modules and those in their place, such as `{ file: "nothing" }`',
  },
  promises: { what: "an object of texts", fits: isObject, members: PROMISES },
  dependencies: PACKAGES,
  peerDependencies: PACKAGES,
  optionalPeers: {
    what: "an array of packages",
    fits: (value) => Array.isArray(value) && value.every(isText),
    optional: true,
  },
  devDependencies: PACKAGES,
};

/**
 * What a backend's `backend.ts` gave, as its descriptor.
 *
 * @param id the name of its folder
 * @param file how messages name it
 * @throws UsageError when it is none, or lacks something, or holds what no descriptor has
 */
export function checkDescriptor(value: unknown, id: string, file: string): BackendDescriptor {
  if (!isObject(value)) {
    throw new UsageError(`${file} gives no backend`, "write `export default defineBackend({ … })` into it");
  }
  checkMembers(value, MEMBERS, file, "");
  const descriptor = value as unknown as BackendDescriptor;
  if (descriptor.id !== id) {
    throw new UsageError(
      `${file}: \`id\` is \`${descriptor.id}\`, but its folder is called \`${id}\``,
      "call both the same",
    );
  }
  return descriptor;
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  kinds: Kinds,
  file: string,
  path: string,
): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(kinds, name)) throw unknownMember(name, kinds, file, path);
  }
  for (const [name, { what, fits, optional, members }] of Object.entries(kinds)) {
    const held = value[name];
    if (held === undefined && optional) continue;
    const shown = `\`${path}${name}\``;
    if (held === undefined) throw new UsageError(`${file}: ${shown} is missing`, `add it: ${what}`);
    if (!fits(held)) throw new UsageError(`${file}: ${shown} is not ${what}`, `make it ${what}`);
    if (members !== undefined && isObject(held)) checkMembers(held, members, file, `${path}${name}.`);
  }
}

function unknownMember(name: string, kinds: Kinds, file: string, path: string): UsageError {
  const likely = nearest(name, Object.keys(kinds));
  return new UsageError(
    `${file}: there is no member \`${path}${name}\``,
    likely === null
      ? `take it out; there are ${Object.keys(kinds).join(", ")}`
      : `did you mean \`${path}${likely}\`?`,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
