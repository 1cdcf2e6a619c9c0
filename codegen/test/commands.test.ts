import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { run } from "../src/cli.js";

/**
 * Each folder of `commands` is a project, `commands.txt` with a command line in each line (behind `[folder]` where it runs in one), and `expected.txt` with what a person
 * sees, in order; what goes to the error stream is marked with `!`. Below stands every file that is new or changed afterwards.
 * A new case is a new folder; `UPDATE_GOLDEN=1` writes what is expected, for reading before committing.
 */
const CASES = path.join(import.meta.dirname, "commands");
const OURS = new Set(["commands.txt", "expected.txt"]);
const updating = process.env["UPDATE_GOLDEN"] === "1";

let home: string;

// Outside the repository, whose own config would be found otherwise.
beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "storage-commands-")));
});

afterEach(() => fs.rmSync(home, { recursive: true }));

describe("commands", () => {
  const cases = fs.readdirSync(CASES);

  it("are there", () => {
    expect(cases.length).toBeGreaterThan(25);
  });

  it.each(cases)("%s", async (name) => {
    const folder = path.join(CASES, name);
    const commands = fs.readFileSync(path.join(folder, "commands.txt"), "utf8").trimEnd().split("\n");
    fs.cpSync(folder, home, { recursive: true, filter: (source) => !OURS.has(path.basename(source)) });
    const before = filesOf(home);
    const seen: string[] = [];
    for (const command of commands) seen.push(await outcomeOf(command));
    const changed = [...filesOf(home)].filter(([file, text]) => before.get(file) !== text);
    const text = [...seen, ...changed.map(([file, content]) => `\n=== ${file}\n${content}`)].join("");
    const expected = path.join(folder, "expected.txt");
    if (updating) fs.writeFileSync(expected, text);
    expect(text).toBe(fs.readFileSync(expected, "utf8"));
  });
});

async function outcomeOf(command: string): Promise<string> {
  const lines = [`$ storage-codegen ${command}`.trimEnd()];
  const streams = {
    out: (text: string) => lines.push(...plainLines(text)),
    err: (text: string) => lines.push(...plainLines(text).map((line) => `! ${line}`.trimEnd())),
  };
  const [, folder = ".", words = ""] = /^(?:\[(.+)\])?(.*)$/.exec(command) ?? [];
  const cwd = path.join(home, folder);
  const code = await run(words.split(" ").filter(Boolean), { streams, cwd });
  return `${[...lines, `exit code ${code}`].join("\n")}\n`;
}

/** Whether there are colours depends on the terminal, and on `CI`. */
function plainLines(text: string): string[] {
  return stripVTControlCharacters(text).split("\n");
}

function filesOf(folder: string): Map<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(
    files.map((file) => [
      path.relative(folder, file).split(path.sep).join("/"),
      fs.readFileSync(file, "utf8"),
    ]),
  );
}
