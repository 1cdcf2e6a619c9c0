import fs from "node:fs";

import Handlebars from "handlebars";

import { relativePath } from "../load/paths.js";
import type { ImportSet } from "./imports.js";
import { HelperError, templateError } from "./template-error.js";

/**
 * Renders a template with the imports of the file that it becomes.
 *
 * @throws UsageError with the template's name and line where it is none, or asks for what there is not
 */
export type RenderTemplate = (file: string, view: object, imports: ImportSet) => string;

/**
 * A Handlebars that knows four helpers, and leaves text as it is:
 *
 * - `{{use "SortedList" "kit"}}` and `{{useType "Entry" "kit"}}` ask for an import and print the symbol's name;
 * - `{{path "./a/" part}}` joins the parts of a file's name;
 * - `{{str value}}` prints a string literal.
 *
 * @param cwd the folder that errors name templates relative to
 */
export function createRenderer(cwd: string): RenderTemplate {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const [name, help] of Object.entries(HELPERS)) handlebars.registerHelper(name, located(help));

  return (file, view, imports) => {
    try {
      let template = compiled.get(file);
      if (template === undefined) {
        const text = fs.readFileSync(file, "utf8");
        template = handlebars.compile(text, { noEscape: true, strict: true, preventIndent: true });
        compiled.set(file, template);
      }
      return template(view, { data: { imports } });
    } catch (error) {
      throw templateError(error, file, relativePath(cwd, file), view);
    }
  };
}

type Helper = (args: readonly string[], imports: ImportSet) => string;

const HELPERS: Readonly<Record<string, Helper>> = {
  use: ([name = "", source = ""], imports) => imports.add(name, source, false),
  useType: ([name = "", source = ""], imports) => imports.add(name, source, true),
  path: (parts) => parts.join(""),
  str: ([value]) => JSON.stringify(value),
};

const SOURCES =
  "import from `kit`, `kit/sql`, `npm:PACKAGE`, `node:MODULE`, `./FILE` of the same backend, `main`, `main/backend`, `sql` or `testing`";

/** A helper whose errors tell their line. Handlebars itself lets arguments pass that there are not. */
function located(help: Helper): Handlebars.HelperDelegate {
  return (...all: unknown[]) => {
    const { data, loc } = all.at(-1) as Handlebars.HelperOptions & { readonly loc: Location };
    const args = all.slice(0, -1);
    if (args.includes(undefined)) throw new HelperError("the view has no such thing", null, loc.start.line);
    try {
      return help(args as string[], (data as { imports: ImportSet }).imports);
    } catch (error) {
      throw new HelperError((error as Error).message, SOURCES, loc.start.line);
    }
  };
}

interface Location {
  readonly start: { readonly line: number };
}
