/**
 * Opens a storage: `<module file> <factory> <options>`. Prints `opening` right before, `open STATS` right after, and ends.
 */
import { pathToFileURL } from "node:url";

import { print } from "../../faults/children/print.mjs";

const [file, factory, options] = process.argv.slice(2);
const module = await import(pathToFileURL(file).href);
const storage = module[factory](JSON.parse(options));
print("opening");
await storage.init();
print(`open ${JSON.stringify(storage.exports.getStats())}`);
await storage.shutdown();
