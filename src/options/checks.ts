import { invalidOption, type OptionCheck } from "./options.js";

export const isBoolean: OptionCheck = (value, name, backend) => {
  if (typeof value !== "boolean")
    throw invalidOption(backend, name, "must be true or false", "Pass a boolean.");
};

export const isFunction: OptionCheck = (value, name, backend) => {
  if (typeof value !== "function")
    throw invalidOption(backend, name, "must be a function", "Pass a function.");
};

/** A whole number from `least` to `most`; `problem` says what is wrong with anything else. */
export function isWholeNumber(
  least: number,
  most: number,
  problem: string,
  hint = `Pass a whole number from ${least} to ${most}.`,
): OptionCheck {
  return (value, name, backend) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw invalidOption(backend, name, problem, hint);
    }
  };
}

/** A whole number of milliseconds, from `least` to a day. */
export function isMillisecondsFrom(least: number): OptionCheck {
  const day = 86_400_000;
  return isWholeNumber(
    least,
    day,
    "must be a whole number of milliseconds",
    `Pass a number from ${least} to ${day}.`,
  );
}

/** A whole number of milliseconds, from 0 to a day. */
export const isMilliseconds = isMillisecondsFrom(0);

export function isOneOf(...allowed: readonly string[]): OptionCheck {
  return (value, name, backend) => {
    if (typeof value !== "string" || !allowed.includes(value)) {
      const list = allowed.map((item) => `'${item}'`).join(", ");
      throw invalidOption(backend, name, "has an unknown value", `Use one of ${list}.`);
    }
  };
}

/** The start of every table's name: letters of the SQL-safe kind only, since an identifier cannot be bound (rule S18). */
export const isTablePrefix: OptionCheck = (value, name, backend) => {
  if (typeof value !== "string" || !/^[a-z_][a-z0-9_]{0,15}$/.test(value) || value.startsWith("sqlite_")) {
    throw invalidOption(
      backend,
      name,
      "is not a safe start of a table's name",
      "Use 1 to 16 of a-z, 0-9 and _, not starting with a digit or `sqlite_`.",
    );
  }
};
