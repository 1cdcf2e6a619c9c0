/** Opens a storage, `<options> <how to end>`, and prints `opened` or the error's code. Whoever has it then holds it, exits or throws. */
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

import { print } from "../../faults/children/print.mjs";

const [options, ending] = process.argv.slice(2);
const module = createSqlJsStorage(JSON.parse(options));
try {
  await module.exports.storeGType({ ref: `by-${process.pid}`, kind: "string" });
  print("opened");
} catch (error) {
  print(String(error.code));
  process.exit(0);
}
if (ending === "exit") process.exit(0);
if (ending === "throw") throw new Error("uncaught");
// Until it is killed.
setInterval(() => module, 1_000_000);
