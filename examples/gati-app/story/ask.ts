import { isDeepStrictEqual } from "node:util";
import type { Answer } from "./questions.js";

const DEADLINE = 10_000;

/** Makes a real HTTP request. */
export async function ask(url: string, method: "GET" | "POST", path: string): Promise<Answer> {
  const response = await fetch(url + path, { method, signal: AbortSignal.timeout(DEADLINE) });
  return { status: response.status, body: await response.json() };
}

/** @throws Error showing both when the server did not answer as it should. */
export function requireAnswer(path: string, actual: Answer, expected: Answer): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(
    `${path} was answered with\n  ${JSON.stringify(actual)}\nand not with\n  ${JSON.stringify(expected)}`,
  );
}
