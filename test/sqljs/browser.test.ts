import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

import type { StorageModule } from "@gati-framework/storage";
import { build, type BuildOptions } from "esbuild";
import { describe, expect, test } from "vitest";

/** What an application in a browser imports. */
const ENTRY = {
  contents: 'export { createSqlJsStorage, StorageError } from "@gati-framework/storage-sqljs";',
  resolveDir: path.resolve(import.meta.dirname, "../.."),
};

const FOR_BROWSERS: BuildOptions = {
  stdin: ENTRY,
  bundle: true,
  platform: "browser",
  write: false,
  outdir: "out",
  logLevel: "silent",
};

/** All that there is in a browser, of what is needed: neither `process`, nor `require`, nor `Buffer`. */
function browserLike(): vm.Context {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: object };
  const globals = {
    WebAssembly,
    TextDecoder,
    TextEncoder,
    setTimeout,
    clearTimeout,
    performance,
    URL,
    console,
  };
  return vm.createContext(globals);
}

interface Entry {
  createSqlJsStorage(options?: object): StorageModule;
}

async function runInBrowser(): Promise<Entry> {
  const { outputFiles } = await build({ ...FOR_BROWSERS, format: "iife", globalName: "entry" });
  const context = browserLike();
  vm.runInContext(outputFiles?.[0]?.text ?? "", context);
  return vm.runInContext("entry", context) as Entry;
}

const wasmBinary = fs.readFileSync(
  createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm-browser.wasm"),
);

describe("in a browser", () => {
  test("a bundle has nothing of Node's in it, nor asks for it", async () => {
    const { metafile, warnings } = await build({ ...FOR_BROWSERS, format: "esm", metafile: true });
    expect(warnings).toEqual([]);
    const { outputs, inputs } = metafile ?? { outputs: {}, inputs: {} };
    expect(Object.values(outputs).flatMap((output) => output.imports)).toEqual([]);
    const ours = Object.keys(inputs).filter((file) => file.includes("storage-sqljs"));
    const loaded = ours.map((file) => path.basename(file));
    expect(loaded).toContain("nothing.js");
    expect(loaded).not.toContain("file.js");
    expect(loaded).not.toContain("wasm-file.js");
  });

  test("a storage in memory works", async () => {
    const { createSqlJsStorage } = await runInBrowser();
    const module = createSqlJsStorage({ wasmBinary: new Uint8Array(wasmBinary) });
    const documents = [1, 2, 3].map((n) => ({ ref: `r${n}`, kind: "string", text: "äöü\u{1F600}\u0000" }));
    await Promise.all(documents.map((document) => module.exports.storeGType(document as never)));
    expect(JSON.parse(JSON.stringify(await module.exports.getGType("r2")))).toEqual(documents[1]);
    expect(module.exports.getStats().gtypeCount).toBe(3);
    await module.exports.clear();
    expect(module.exports.getStats().gtypeCount).toBe(0);
    expect(await module.healthCheck()).toBe(true);
    await module.shutdown();
  });

  test("a file is refused, and says what it needs", async () => {
    const { createSqlJsStorage } = await runInBrowser();
    expect(() => createSqlJsStorage({ filename: "x.db" })).toThrow(/`filename` needs Node/);
  });

  test("sql.js that cannot be loaded is UNAVAILABLE", async () => {
    const { createSqlJsStorage } = await runInBrowser();
    const module = createSqlJsStorage({ wasmBinary: new Uint8Array(20) });
    await expect(module.init()).rejects.toMatchObject({ code: "UNAVAILABLE", retryable: false });
  });
});
