import * as fc from "fast-check";

import { HOSTILE_TEXTS, IMPOSSIBLE_TEXTS, PLAIN_TEXTS } from "../texts.js";

/** Valid somewhere in a document, though some of them not in a key. */
const SHORT_TEXTS = [...PLAIN_TEXTS, ...HOSTILE_TEXTS, ...IMPOSSIBLE_TEXTS].filter(
  (text) => text.length < 100,
);

/** What is drawn. */
export interface ArbitraryOptions {
  /** Whether some documents and arguments are ones that must be refused (rules S1 and S4). Default false. */
  readonly refused?: boolean;
}

/** Any string: also NUL and lone surrogates, which are refused in keys only. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom(...SHORT_TEXTS),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
      .map((units) => String.fromCharCode(...units)),
  );
}

/** Any number. */
export function anyNumber(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double(),
    fc.constantFrom(
      -0,
      0,
      Number.NaN,
      Infinity,
      -Infinity,
      1e21,
      5e-324,
      Number.MAX_VALUE,
      Number.MAX_SAFE_INTEGER,
    ),
  );
}

/** A string of few values that collide, mixed with hostile ones; every one a valid key (rule S1). */
export function keyText(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("a", "b") },
    { weight: 2, arbitrary: fc.constantFrom(...PLAIN_TEXTS) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  );
}

/** A finite number of few values that collide. */
export function keyNumber(): fc.Arbitrary<number> {
  return fc.constantFrom(0, -0, 1, 2, 1.5, -1, 1e21, 5e-324, 2 ** 53);
}

/** A string that is looked up or ordered by: unlike a key it may be empty. */
export function indexedText(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: keyText() }, { weight: 1, arbitrary: fc.constant("") });
}

/** A number that is looked up or ordered by: few values, so that there are ties, and those at the edges. */
export function indexedNumber(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -1, max: 2 }) },
    { weight: 1, arbitrary: fc.constantFrom(0.5, -0.5, -0, Infinity, -Infinity, Number.NaN, 1e15, 5e-324) },
  );
}

/** What no argument of that type may be: `INVALID_INPUT`, or a miss for what is of the right type (rule S1). */
export function oddArgument(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(...IMPOSSIBLE_TEXTS, ""),
    fc.constantFrom<unknown>(null, undefined, 7, Number.NaN, true, 7n, {}, ["a"]),
  );
}

/** `valid`, and now and then something odd where the options ask for it. */
export function argument(valid: fc.Arbitrary<unknown>, options: ArbitraryOptions): fc.Arbitrary<unknown> {
  if (options.refused !== true) return valid;
  return fc.oneof({ weight: 15, arbitrary: valid }, { weight: 1, arbitrary: oddArgument() });
}

/** As {@link argument}; the argument may be left out, which is drawn as `undefined` or as an empty string (rule S3). */
export function optionalArgument(
  valid: fc.Arbitrary<unknown>,
  isString: boolean,
  options: ArbitraryOptions,
): fc.Arbitrary<unknown> {
  const absent = isString ? fc.constantFrom<unknown>(undefined, "") : fc.constant<unknown>(undefined);
  return fc.oneof(absent, argument(valid, options));
}

/**
 * Options of a list or a count: each member there, undefined or not. `limit`, where there is one, is mostly there and small, so that it bounds something. Where
 * refusals are asked for, now and then a member or all of them are odd.
 */
export function optionsArgument(
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  limited: boolean,
  options: ArbitraryOptions,
): fc.Arbitrary<unknown> {
  // What is narrowed by many at a time finds nothing.
  const sometimes = Object.entries(members).map(([name, value]) => [
    name,
    optionalArgument(value, false, options),
  ]);
  const drawn: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(sometimes);
  if (limited) drawn["limit"] = argument(fc.integer({ min: 1, max: 3 }), options);
  const valid = fc.oneof(
    { weight: 1, arbitrary: fc.constant<unknown>(undefined) },
    { weight: 4, arbitrary: fc.record(drawn, { requiredKeys: limited ? ["limit"] : [] }) },
  );
  if (options.refused !== true) return valid;
  const odd = fc.constantFrom<unknown>(null, 7, "limit", [], { limits: 1 }, { after: "a" }, { limit: 0 });
  return fc.oneof({ weight: 20, arbitrary: valid }, { weight: 1, arbitrary: odd });
}
