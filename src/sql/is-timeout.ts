import { isMilliseconds } from "../options/checks.js";
import { invalidOption, type OptionCheck } from "../options/options.js";

/** Milliseconds to wait for an answer: at least one. */
export const isTimeout: OptionCheck = (value, name, backend) => {
  isMilliseconds(value, name, backend);
  if (value === 0)
    throw invalidOption(backend, name, "leaves no time at all", "Pass a number from 1 to 86400000.");
};
