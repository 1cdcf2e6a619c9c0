import fs from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { runChild } from "../faults/child.js";
import { tempFolder } from "../faults/temp-folder.js";
import { childScript } from "./support.js";

test.each([
  // Found out before sql.js starts, so that the next storage may do better.
  ["missing", /^opened/],
  ["throwing", /^opened/],
  // sql.js has begun to start, and starts only once.
  ["garbage", /^UNAVAILABLE/],
  ["other", /^UNAVAILABLE/],
])("S11, S13: a WebAssembly that is %s is UNAVAILABLE, and ends no process", async (what, second) => {
  const { lines, exitCode, stderr } = await runChild(childScript("load.mjs"), [what]);
  expect(exitCode, stderr).toBe(0);
  expect(lines[0]).toMatch(/^UNAVAILABLE .*wasmBinary/);
  expect(lines[1]).toMatch(second);
  expect(lines[2]).toBe("end");
});

test("S13: without sql.js it is UNAVAILABLE, and says what to install", async () => {
  const folder = tempFolder();
  const modules = path.resolve(import.meta.dirname, "../../node_modules");
  const home = path.join(folder, "node_modules/@gati-framework");
  fs.mkdirSync(home, { recursive: true });
  // Copied, so that what it imports is looked for here, where there is no sql.js.
  const ours = path.join(home, "storage-sqljs");
  fs.cpSync(
    fs.realpathSync(path.join(modules, "@gati-framework/storage-sqljs/dist")),
    path.join(ours, "dist"),
    { recursive: true },
  );
  fs.copyFileSync(
    path.join(modules, "@gati-framework/storage-sqljs/package.json"),
    path.join(ours, "package.json"),
  );
  for (const name of ["storage", "storage-kit", "storage-sql"]) {
    fs.symlinkSync(fs.realpathSync(path.join(modules, "@gati-framework", name)), path.join(home, name));
  }
  fs.writeFileSync(
    path.join(folder, "main.mjs"),
    `import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
     await createSqlJsStorage().init().catch((error) => console.log(error.code, error.hint));`,
  );
  const { lines, stderr } = await runChild(path.join(folder, "main.mjs"));
  expect(lines, stderr).toEqual(["UNAVAILABLE Run `npm install sql.js`."]);
});
