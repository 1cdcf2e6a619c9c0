import { sentence } from "../model/docs.js";
import { pascalCase, withArticle, words } from "../model/names.js";

/** The functions of the spec language that a skeleton calls. */
export const SKELETON_FUNCTIONS = ["asc", "entity", "get", "list", "store"] as const;

/** What the spec imports each of them as. */
export type LocalNames = Readonly<Record<(typeof SKELETON_FUNCTIONS)[number], string>>;

/** A document type to begin with, in lines. */
export function documentTypeLines(name: string): string[] {
  return [
    `/** ${sentence(withArticle(words(name)))} */`,
    `export interface ${pascalCase(name)} {`,
    "\tid: string;",
    "\t/** Milliseconds since 1970. */",
    "\tcreatedAt: number;",
    "}",
  ];
}

/** A kind to begin with, in lines, each indented with tabs. */
export function entityLines(name: string, local: LocalNames): string[] {
  const type = pascalCase(name);
  const one = withArticle(words(name));
  const many = plural(words(name));
  return [
    `/** ${sentence(`${many}, by id`)} */`,
    `${name}: ${local.entity}<${type}>({`,
    `\tkey: ["id"],`,
    `\torder: [${local.asc}("createdAt")],`,
    `\tcount: "${name}Count",`,
    "\tmethods: {",
    `\t\t/** Stores ${one}, in the place of an earlier one of its id. */`,
    `\t\tstore${type}: ${local.store}(),`,
    `\t\t/** Reads ${one}. */`,
    `\t\tget${type}: ${local.get}({ id: "id" }),`,
    `\t\t/** Reads all ${many}, the oldest first. */`,
    `\t\tlist${plural(type)}: ${local.list}(),`,
    "\t},",
    "}),",
  ];
}

/** `entry` to `entries`, `box` to `boxes`, `job` to `jobs`: a name to begin with, which its author may know better. */
function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
