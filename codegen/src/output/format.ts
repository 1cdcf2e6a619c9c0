import { format } from "oxfmt";

/** The style of emitted files, which is that of this project. */
const STYLE = { printWidth: 110 } as const;

/** Formats one file; its name tells the language. Throws when the text is not of that language: a fault of a template. */
export async function formatFile(file: string, text: string): Promise<string> {
  const { code, errors } = await format(file, text, STYLE);
  if (errors.length > 0) {
    throw new Error(`the template of ${file} renders what cannot be parsed: ${errors[0]?.message}\n${text}`);
  }
  return code;
}
