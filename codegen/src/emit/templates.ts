import fs from "node:fs";

import Handlebars from "handlebars";

import type { ImportSet } from "./imports.js";

/** Renders a template with the imports of the file that it becomes. */
export type RenderTemplate = (file: string, view: object, imports: ImportSet) => string;

/**
 * A Handlebars that knows four helpers, and leaves text as it is:
 *
 * - `{{use "SortedList" "kit"}}` and `{{useType "Entry" "kit"}}` ask for an import and print the symbol's name;
 * - `{{path "./a/" part}}` joins the parts of a file's name;
 * - `{{str value}}` prints a string literal.
 */
export function createRenderer(): RenderTemplate {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  handlebars.registerHelper("use", (name: string, source: string, options: Handlebars.HelperOptions) =>
    importsOf(options).add(name, source, false),
  );
  handlebars.registerHelper("useType", (name: string, source: string, options: Handlebars.HelperOptions) =>
    importsOf(options).add(name, source, true),
  );
  handlebars.registerHelper("path", (...parts: unknown[]) => parts.slice(0, -1).join(""));
  handlebars.registerHelper("str", (value: unknown) => JSON.stringify(value));

  return (file, view, imports) => {
    let template = compiled.get(file);
    if (template === undefined) {
      template = handlebars.compile(fs.readFileSync(file, "utf8"), {
        noEscape: true,
        strict: true,
        preventIndent: true,
      });
      compiled.set(file, template);
    }
    return template(view, { data: { imports } });
  };
}

function importsOf(options: Handlebars.HelperOptions): ImportSet {
  return (options.data as { imports: ImportSet }).imports;
}
