/**
 * Writes until it is killed: `<backend> <options> <first id>`. Prints `start KIND ID REVISION` before each call and
 * `done KIND ID REVISION` after it resolved. Single awaited writes take turns with batches; new rows with overwrites; and
 * every so often all is flushed, which folds what a log holds into its file.
 */
import { KINDS, store } from "./documents.mjs";
import { openStorage } from "./open.mjs";
import { print } from "./print.mjs";

const [backend, options, first] = process.argv.slice(2);
const { exports: storage, flush } = openStorage(backend, options);
const revisions = new Map();
let next = Number(first);

async function write(id) {
  const kind = KINDS[id % KINDS.length];
  const revision = (revisions.get(id) ?? 0) + 1;
  revisions.set(id, revision);
  print(`start ${kind} ${id} ${revision}`);
  await store(storage, kind, id, revision);
  print(`done ${kind} ${id} ${revision}`);
}

/** Two new rows, then one that was there. */
function pick() {
  if (next % 3 !== 2 || revisions.size === 0) return next++;
  const ids = [...revisions.keys()];
  next++;
  return ids[(next * 31) % ids.length];
}

for (let round = 0; ; round++) {
  if (round % 3 === 0) await Promise.all(Array.from({ length: 1 + (round % 40) }, () => write(pick())));
  else await write(pick());
  if (round % 4 === 3) await flush();
}
