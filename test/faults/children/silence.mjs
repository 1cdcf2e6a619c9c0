/** Stores a row; on SIGUSR2, stores and reads once more, prints how that failed, shuts down and ends by itself: `<backend> <options>`. */
import { once } from "node:events";

import { read, store } from "./documents.mjs";
import { openStorage } from "./open.mjs";
import { print } from "./print.mjs";

const [backend, options] = process.argv.slice(2);
const module = openStorage(backend, options);
await store(module.exports, "gtype", 1, 1);
// A signal's listener keeps no process alive.
const meanwhile = setInterval(() => {}, 1_000_000);
const told = once(process, "SIGUSR2");
print("stored");
await told;
clearInterval(meanwhile);
const settled = await Promise.allSettled([
  store(module.exports, "gtype", 2, 1),
  read(module.exports, "gtype", 1),
]);
print(settled.map(({ reason }) => reason?.code).join(" "));
await module.shutdown();
print("shut down");
