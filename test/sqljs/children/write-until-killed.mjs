/**
 * Writes until it is killed: `<options> <first id>`. Prints `start KIND ID REVISION` before each call and
 * `done KIND ID REVISION` after it resolved. Single awaited writes take turns with batches; new rows with overwrites; the redo
 * log with the file.
 */
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

import { KINDS, store } from "../../faults/children/documents.mjs";
import { print } from "../../faults/children/print.mjs";

const [options, first] = process.argv.slice(2);
const module = createSqlJsStorage(JSON.parse(options));
const storage = module.exports;
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

function pick() {
  const ids = [...revisions.keys()];
  return next++ % 3 === 2 && ids.length > 0 ? ids[(next * 31) % ids.length] : next;
}

for (let round = 0; ; round++) {
  const ids = new Set(Array.from({ length: round % 3 === 0 ? 1 + (round % 40) : 1 }, pick));
  await Promise.all([...ids].map(write));
  if (round % 4 === 3) await module.flush();
}
