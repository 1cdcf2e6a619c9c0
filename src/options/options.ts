import { distance } from "fastest-levenshtein";

import { StorageError } from "../errors.js";

/** Checks one option's value; throws through {@link invalidOption} what it cannot take. */
export type OptionCheck = (value: unknown, name: string, backend: string) => void;

/** A backend's options: name to check. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

/**
 * Refuses unknown options, with the nearest known name, and values that a check refuses (rule S16). `undefined` counts as
 * not given. Returns a copy without prototype or undefined members.
 */
export function checkOptions<Options extends object>(
  backend: string,
  given: Options | undefined,
  checks: OptionChecks<Options>,
): Options {
  if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given))) {
    throw new StorageError(`The options of ${backend} must be an object`, {
      code: "INVALID_OPTION",
      backend,
      hint: knownOptions(Object.keys(checks)),
    });
  }
  const options = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(checks, name)) throw unknownOption(backend, name, Object.keys(checks));
    if (value === undefined) continue;
    checks[name as keyof Options](value, name, backend);
    options[name] = value;
  }
  return options as Options;
}

/** The error for an option's value. `problem` completes the sentence "option `name` …" and must not show the value (S17). */
export function invalidOption(backend: string, name: string, problem: string, hint: string): StorageError {
  return new StorageError(`${backend}: option \`${name}\` ${problem}`, {
    code: "INVALID_OPTION",
    backend,
    hint,
  });
}

function unknownOption(backend: string, name: string, known: readonly string[]): StorageError {
  const near = nearestName(name, known);
  return new StorageError(
    `${backend}: unknown option \`${name}\`${near === null ? "" : `; did you mean \`${near}\`?`}`,
    {
      code: "INVALID_OPTION",
      backend,
      hint: knownOptions(known),
    },
  );
}

function knownOptions(known: readonly string[]): string {
  return known.length === 0 ? "It takes no options." : `Known options: ${known.join(", ")}.`;
}

/** The known name that differs least, if it is near enough to be a slip of the hand. */
export function nearestName(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 2));
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
