import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { ROOT } from "./packed.js";

/** Folders that exist on one machine only: a home, this checkout, a temporary folder that somebody made. */
const OF_ONE_MACHINE = /(?<![\w.\-\\$}])(\/(work|root|home|Users)\/\w|\/tmp\/storage|[A-Z]:\\Users\\)/;

/** Everything that is, or is about to be, committed. */
function committedFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return list.split("\0").filter((file) => file !== "" && fs.existsSync(path.join(ROOT, file)));
}

it("the lock file names no download host", () => {
  const lines = fs.readFileSync(path.join(ROOT, "pnpm-lock.yaml"), "utf8").split("\n");
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => line.includes("http"))).toEqual([]);
});

it("no committed file names a folder of one machine", () => {
  const files = committedFiles();
  expect(files).toContain("package.json");
  const found = files.flatMap((file) =>
    fs
      .readFileSync(path.join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (OF_ONE_MACHINE.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

it.each([
  [["", "home", "ada", "storage"].join("/"), true],
  [`cd ${["", "work", "main"].join("/")}`, true],
  [`see ${["", "tmp", "storage-x1"].join("/")}`, true],
  [["C:", "Users", "ada"].join("\\"), true],
  ["the workspace's root/folder, generated/srv/of", false],
  ['["./a b.db", "/tmp/file:x"]', false],
])("knows a folder of one machine: %s", (line, expected) => {
  expect(OF_ONE_MACHINE.test(line)).toBe(expected);
});
