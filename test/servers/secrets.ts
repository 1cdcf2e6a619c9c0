import { inspect } from "node:util";

import { StorageError } from "@gati-framework/storage-kit";
import { expect } from "vitest";

/** What must never be shown has this in it. */
export const PASSWORD = "pa55-xyzzy";
export const DOCUMENT = "document-xyzzy";

/** Everything that a log could make of a value, to any depth. */
export function everythingShown(value: unknown): string {
  const deep = { depth: 20, showHidden: true, getters: true } as const;
  const parts = [inspect(value, deep), inspect(value), String(value), JSON.stringify(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.stack ?? "", error.message, JSON.stringify(error), inspect(error, deep));
    parts.push(JSON.stringify(Object.getOwnPropertyNames(error).map((name) => (error as never)[name])));
  }
  return parts.join("\n");
}

export function expectSecretsKept(value: unknown): void {
  const shown = everythingShown(value);
  expect(shown).not.toMatch(/xyzzy/i);
  expect(shown).not.toMatch(/(postgres(ql)?|mysql):\/\//);
}

/** The error of a factory that refuses options. */
export function refusedBy(create: (options: never) => unknown, options: unknown): StorageError {
  try {
    create(options as never);
  } catch (error) {
    if (StorageError.is(error)) return error;
  }
  throw new Error(`not refused: ${inspect(options)}`);
}
