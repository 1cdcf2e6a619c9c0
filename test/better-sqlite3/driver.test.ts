import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";

const OURS = "@gati-framework/storage-better-sqlite3";
const SIBLINGS = ["storage", "storage-kit", "storage-sql"];
const require = createRequire(import.meta.url);

/** The folder of an installed package. */
const packageFolder = (name: string): string => {
  const entry = fs.realpathSync(require.resolve(name));
  return entry.slice(0, entry.lastIndexOf(`${path.sep}dist${path.sep}`));
};

/** A project that has our package installed, and `driver` as its better-sqlite3, or none. */
function project(driver?: { readonly version: string; readonly main: string }): string {
  const folder = tempFolder();
  const modules = path.join(folder, "node_modules");
  const ours = path.join(modules, OURS);
  // Copied, since Node resolves from where a linked file really is.
  fs.cpSync(path.join(packageFolder(OURS), "dist"), path.join(ours, "dist"), { recursive: true });
  fs.copyFileSync(path.join(packageFolder(OURS), "package.json"), path.join(ours, "package.json"));
  for (const name of SIBLINGS) {
    fs.symlinkSync(packageFolder(`@gati-framework/${name}`), path.join(modules, "@gati-framework", name));
  }
  if (driver !== undefined) {
    const stub = path.join(modules, "better-sqlite3");
    fs.mkdirSync(stub);
    fs.writeFileSync(
      path.join(stub, "package.json"),
      JSON.stringify({ name: "better-sqlite3", version: driver.version, main: "main.js" }),
    );
    fs.writeFileSync(path.join(stub, "main.js"), driver.main);
  }
  return folder;
}

/** Runs a module in the project; its `print` is what comes back, as JSON. */
function run(
  folder: string,
  source: string,
): { status: number | null; signal: string | null; answer: unknown } {
  const script = path.join(folder, "main.mjs");
  fs.writeFileSync(script, `const print = (value) => console.log(JSON.stringify(value));\n${source}`);
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return { status, signal, answer: JSON.parse(stdout) };
}

const OPEN = `
  import { createBetterSqliteStorage, StorageError } from "${OURS}";
  const module = createBetterSqliteStorage({ filename: "data.db" });
  const error = await module.init().then(() => undefined, (reason) => reason);
  print({ ours: StorageError.is(error), code: error.code, retryable: error.retryable, message: error.message, hint: error.hint });
`;

describe("the driver", () => {
  test("is not needed to import the package; without it, opening names the command to install it", () => {
    const folder = project();
    const { status, answer } = run(folder, OPEN);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ ours: true, code: "UNAVAILABLE", retryable: false });
    expect((answer as { hint: string }).hint).toContain("npm install better-sqlite3");
    expect(fs.existsSync(path.join(folder, "data.db"))).toBe(false);
  });

  test("of a release that would crash this Node is refused before it is loaded", () => {
    const folder = project({ version: "13.0.1", main: "process.abort();" });
    const asNode20 = `Object.defineProperty(process.versions, "node", { value: "20.19.0" });\n`;
    const { signal, answer } = run(folder, OPEN.replace("const module", `${asNode20} const module`));
    expect(signal).toBeNull();
    expect(answer).toMatchObject({ ours: true, code: "UNAVAILABLE", retryable: false });
    expect(answer).toMatchObject({ message: expect.stringContaining("13.0.1 needs Node 22") as string });
    expect(answer).toMatchObject({
      hint: expect.stringContaining("npm install better-sqlite3@12") as string,
    });
  });

  test("which releases are refused on which Node", () => {
    const cases = [
      ["12.11.1", "20.0.0", "fits"],
      ["13.0.0", "20.20.2", "refused"],
      ["13.9.9-rc.1", "21.99.0", "refused"],
      ["13.0.0", "22.0.0", "fits"],
      ["14.0.0", "26.1.0", "fits"],
    ];
    const { answer } = run(
      project(),
      `import { refuseUnfit } from "./node_modules/${OURS}/dist/driver.js";
       const verdict = (driver, node) => { try { refuseUnfit(driver, node); return "fits"; } catch { return "refused"; } };
       print(${JSON.stringify(cases)}.map(([driver, node]) => [driver, node, verdict(driver, node)]));`,
    );
    expect(answer).toEqual(cases);
  });

  test.each([
    ["its module throws", "throw new Error('wrong ABI');"],
    [
      "its native part is missing",
      "module.exports = class { constructor() { throw new Error('no bindings file'); } };",
    ],
  ])("that cannot be loaded, since %s: UNAVAILABLE, with the command to rebuild it", (_, main) => {
    const { answer } = run(project({ version: "12.11.1", main }), OPEN);
    expect(answer).toMatchObject({
      ours: true,
      code: "UNAVAILABLE",
      hint: expect.stringContaining("npm rebuild") as string,
    });
  });
});
