import { readdirSync } from "node:fs";
import type { GlobalContext } from "@gati-framework/runtime";

/** What a file in `configs/` exports by default: a `gati.config.ts` of this application. */
export interface GatiConfig {
  readonly server: {
    /** Where to listen. The port is whichever is free. */
    readonly host: string;
  };
  /** What the story says of the backend. */
  readonly about: string;
  /** Whether the application still knows everything after a restart; the story checks it. */
  readonly remembers: boolean;
  /** What must run beside the application; the story starts it. */
  readonly needs?: "postgres" | "mysql";
  /** Puts the storage on the global context. */
  readonly modules: (gctx: GlobalContext) => void;
}

const FOLDER = new URL("./configs/", import.meta.url);
const SUFFIX = ".config.js";

/** The backends there is a config for, sorted. Adding `configs/NAME.config.ts` adds one. */
export function knownBackends(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted();
}

/**
 * The config of `backend`.
 *
 * @throws Error naming the known backends when there is none of this name.
 */
export async function loadConfig(backend: string): Promise<GatiConfig> {
  const known = knownBackends();
  if (!known.includes(backend)) {
    throw new Error(`There is no backend "${backend}". Known: ${known.join(", ")}.`);
  }
  const loaded = (await import(new URL(backend + SUFFIX, FOLDER).href)) as { default: GatiConfig };
  return loaded.default;
}
