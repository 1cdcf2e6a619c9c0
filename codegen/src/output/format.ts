import { format } from "oxfmt";

/** The style of emitted files, which is that of this project. */
const STYLE = { printWidth: 110 } as const;

/** What a template has rendered cannot be parsed. */
export class Unparsable extends Error {}

/**
 * Formats one file; its name tells the language.
 *
 * @throws Unparsable when the text is not of that language, with the lines in question
 */
export async function formatFile(file: string, text: string): Promise<string> {
  const { code, errors } = await format(file, text, STYLE);
  const [error] = errors;
  if (error === undefined) return code;
  throw new Unparsable(`${error.message}\n${framed(error.codeframe ?? "")}`);
}

/** The numbered lines of a compiler's picture, and its mark. */
function framed(picture: string): string {
  return picture
    .split("\n")
    .filter((line) => /^ *(\d+ \||:)/.test(line))
    .map((line) => `   ${line.trimEnd()}`)
    .join("\n");
}
