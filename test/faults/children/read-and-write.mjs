/**
 * Reads and writes the same documents as other processes do: `<backend> <options> <go> <me> <processes> <calls>`. Each document has one
 * writer, who numbers its revisions. Prints `open`, waits until the file `<go>` is there, and prints of each call
 * `store|read KEY REVISION BEGIN END`, with the times of the machine's clock, in nanoseconds.
 */
import fs from "node:fs";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

import { openStorage } from "./open.mjs";
import { print } from "./print.mjs";

const KEYS = 6;
const [backend, options, go, ...numbers] = process.argv.slice(2);
const [me, processes, calls] = numbers.map(Number);
const module = openStorage(backend, options);
const storage = module.exports;
await module.init();
print("open");
while (!fs.existsSync(go)) await pause(1);

let state = me * 7919 + 1;
const below = (limit) => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (state >> 8) % limit;
};
const revisions = new Map();
const log = [];

/** Even keys are read by their key, odd ones as the latest of their versions. */
async function store(key, revision) {
  if (key % 2 === 0) await storage.storeGType({ ref: `${key}`, kind: "object", revision });
  else await storage.storeManifest({ handlerId: `${key}`, version: `${revision % 3}`, createdAt: revision });
}

async function read(key) {
  if (key % 2 === 0) return (await storage.getGType(`${key}`))?.revision ?? 0;
  return (await storage.getManifest(`${key}`))?.createdAt ?? 0;
}

for (let call = 0; call < calls; call++) {
  const key = below(KEYS);
  const isOwn = key % processes === me;
  const begin = process.hrtime.bigint();
  if (isOwn && below(3) === 0) {
    const revision = (revisions.get(key) ?? 0) + 1;
    revisions.set(key, revision);
    await store(key, revision);
    log.push(`store ${key} ${revision} ${begin} ${process.hrtime.bigint()}`);
  } else {
    const revision = await read(key);
    log.push(`read ${key} ${revision} ${begin} ${process.hrtime.bigint()}`);
  }
  if (below(8) === 0) await nextTurn();
}
await module.shutdown();
for (const line of log) print(line);
