import type { ForeignDefect } from "./make.js";
import { narrowingDefects } from "./narrowing.js";
import { pageDefects } from "./pages.js";
import { removalDefects } from "./removal.js";
import { uniqueDefects } from "./unique.js";

export type { ForeignDefect } from "./make.js";

/** Storages that are right but for one thing each, of what Gati's kinds have not. */
export const foreignDefects: readonly ForeignDefect[] = [
  ...removalDefects,
  ...narrowingDefects,
  ...pageDefects,
  ...uniqueDefects,
];
