import fs from "node:fs";

/** What every emitted unit calls. */
export const KIT = "@gati-framework/storage-kit";

/** The kit and the generator are released together, under one version. */
export const KIT_RANGE = `^${ownVersion()}`;

/** The Kysely that emitted code works with (0.29 needs Node 22). */
export const KYSELY_PEER = "^0.28.0 || ^0.29.0";

/** The Kysely that emitted code is built with. */
export const KYSELY_DEV = "0.28.18";

/** What keeps decoded documents: of Isaac Z. Schlueter's, without dependencies, and with a bound on sizes as well as numbers. */
export const LRU_CACHE = "^11.5.3";

export function ownVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}
