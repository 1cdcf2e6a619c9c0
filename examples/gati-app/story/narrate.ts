import type { Answer } from "./questions.js";

const WIDTH = 160;

/** Opens a chapter of the story. */
export function chapter(title: string): void {
  console.log(`\n${title}`);
}

/** One request and what came back, on two lines: of each document the fields `shown`, of a refusal everything. */
export function exchange(
  request: string,
  about: string,
  { status, body }: Answer,
  shown?: readonly string[],
): void {
  console.log(`  ${request}   (${about})`);
  console.log(`    ${status} ${compact(shown === undefined || status !== 200 ? body : brief(body, shown))}`);
}

/** A line between requests. */
export function remark(text: string): void {
  console.log(`  ${text}`);
}

function brief(body: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(body)) return body.map((item) => brief(item, fields));
  return Object.fromEntries(fields.map((field) => [field, (body as Record<string, unknown>)[field]]));
}

function compact(body: unknown): string {
  const json = JSON.stringify(body);
  return json.length <= WIDTH ? json : `${json.slice(0, WIDTH)}…`;
}
