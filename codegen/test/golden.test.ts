import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadSchema } from "../src/load/load.js";
import { SpecError } from "../src/model/spec-error.js";

/**
 * Each folder of `cases` is a spec and what comes of it: `expected/model.json` where the folder's name begins with `good-`,
 * else `expected/error.txt`, the problems as the command prints them. A new case is a new folder; `UPDATE_GOLDEN=1` writes
 * what is expected, for reading before committing.
 */
const casesFolder = fileURLToPath(new URL("cases", import.meta.url));
const updating = process.env["UPDATE_GOLDEN"] === "1";

describe("golden cases", () => {
  const cases = readdirSync(casesFolder);

  it("are there", () => {
    expect(cases.length).toBeGreaterThan(40);
  });

  it.each(cases)("%s", async (name) => {
    const folder = join(casesFolder, name);
    const { file, text } = await outcomeOf(folder);
    expect(file).toBe(name.startsWith("good-") ? "model.json" : "error.txt");
    const expected = join(folder, "expected");
    if (updating) {
      await rm(expected, { recursive: true, force: true });
      await mkdir(expected);
      await writeFile(join(expected, file), text);
      return;
    }
    expect(existsSync(expected) ? readdirSync(expected) : "no expectation: run with UPDATE_GOLDEN=1").toEqual(
      [file],
    );
    expect(text).toBe(readFileSync(join(expected, file), "utf8"));
  });
});

async function outcomeOf(folder: string): Promise<{ file: string; text: string }> {
  try {
    const loaded = await loadSchema("spec.ts", { cwd: folder });
    return { file: "model.json", text: `${JSON.stringify(loaded, null, 2)}\n` };
  } catch (error) {
    if (error instanceof SpecError) {
      return { file: "error.txt", text: `${error.message}\n` };
    }
    throw error;
  }
}
