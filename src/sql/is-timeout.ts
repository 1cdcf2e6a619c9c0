import { isMillisecondsFrom } from "../options/checks.js";
import { invalidOption, type OptionCheck } from "../options/options.js";

const isLongEnough = isMillisecondsFrom(1);

/** Milliseconds to wait for an answer: at least one, at most a day. */
export const isTimeout: OptionCheck = (value, name, backend) => {
  if (value === 0)
    throw invalidOption(backend, name, "leaves no time at all", "Pass a number from 1 to 86400000.");
  isLongEnough(value, name, backend);
};
