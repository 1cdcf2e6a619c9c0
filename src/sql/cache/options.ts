import { isWholeNumber } from "../../options/checks.js";
import { checkOptions, invalidOption, type OptionCheck, type OptionChecks } from "../../options/options.js";

/** How much a cache of documents holds at most. */
export interface CacheOptions {
  /** Answers of reads; 10000 unless given. */
  readonly maxEntries?: number;
  /** Bytes of memory, as far as can be told without measuring; 67108864 (64 MiB) unless given. A larger document is not kept. */
  readonly maxBytes?: number;
}

/** A cache's options with their defaults. */
export type CacheLimits = Required<CacheOptions>;

const MOST_ENTRIES = 1_000_000;
const MOST_BYTES = 2 ** 40;

/** The check of an option that switches a cache on or off, or sets its limits; `more` are those of one backend alone. */
export function isCache(more: OptionChecks<object> = {}): OptionCheck {
  return (value, name, backend) => {
    if (typeof value === "boolean") return;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw invalidOption(
        backend,
        name,
        "must be true, false or an object",
        "Pass true, or its limits: { maxEntries, maxBytes }.",
      );
    }
    checkOptions<object>(backend, value, { ...CHECKS, ...more });
  };
}

/** What an option that passed {@link isCache} comes to; undefined for no cache. */
export function cacheLimits(option: boolean | CacheOptions | undefined): CacheLimits | undefined {
  if (option === undefined || option === false) return undefined;
  const { maxEntries = 10_000, maxBytes = 64 * 1024 * 1024 } = option === true ? {} : option;
  return { maxEntries, maxBytes };
}

const CHECKS: OptionChecks<CacheOptions> = {
  maxEntries: isWholeNumber(1, MOST_ENTRIES, "is not a number of entries"),
  maxBytes: isWholeNumber(1, MOST_BYTES, "is not a number of bytes"),
};
