/** Stores one row, says so, and leaves without shutdown: `<backend> <options> <how>`. */
import { store } from "./documents.mjs";
import { openStorage } from "./open.mjs";
import { print } from "./print.mjs";

const [backend, options, how] = process.argv.slice(2);
const storage = openStorage(backend, options).exports;
await store(storage, "gtype", 1, 1);
print("done");
if (how === "exit") process.exit(3);
if (how === "throw")
  setImmediate(() => {
    throw new Error("on purpose");
  });
if (how === "SIGTERM") {
  setInterval(() => {}, 1_000_000);
  process.kill(process.pid, "SIGTERM");
}
