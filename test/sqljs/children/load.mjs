/** Opens a storage, twice, with the WebAssembly that the argument names; prints what became of it. */
import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

import { print } from "../../faults/children/print.mjs";

const wrong = {
  missing: { locateFile: () => "/nowhere/sql-wasm.wasm" },
  garbage: { wasmBinary: new Uint8Array(20) },
  // A module, but not sql.js: it has neither imports nor exports.
  other: { wasmBinary: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) },
  throwing: {
    locateFile: () => {
      throw new Error("nowhere");
    },
  },
}[process.argv[2]];

for (const options of [wrong, {}]) {
  const module = createSqlJsStorage(options);
  await module.init().then(
    () => print("opened"),
    (error) => print(`${error.code} ${error.hint}`),
  );
}
print("end");
